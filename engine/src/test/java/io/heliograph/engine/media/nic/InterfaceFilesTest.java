// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.media.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder stands in for the kernel's. */
final class InterfaceFilesTest {
    @TempDir
    private Path folder;

    private InterfaceFiles files;

    @BeforeEach
    void setUp() throws IOException {
        files = new InterfaceFiles(folder);
        says("operstate", "up");
        says("carrier", "1");
        says("carrier_changes", "7");
        says("flags", "0x1003");
    }

    @AfterEach
    void close() {
        files.close();
    }

    @Test
    void shouldFindNothingWhenTheInterfaceWorks() throws IOException {
        assertTrue(files.isThere());
        assertEquals(NicFault.NONE, files.look());
        says("operstate", "unknown");
        assertEquals(NicFault.NONE, files.look(), "loopback knows no other");
    }

    @Test
    void shouldSeeALostCarrierBeforeTheOperationalStateFollows() throws IOException {
        files.look();

        says("carrier", "0");
        says("carrier_changes", "8");

        assertEquals(NicFault.CARRIER, files.look());
        assertEquals(NicFault.CARRIER, files.look());
        says("operstate", "lowerlayerdown");
        assertEquals(NicFault.CARRIER, files.look());
        says("operstate", "up");
        says("carrier", "1");
        says("carrier_changes", "9");
        assertEquals(NicFault.CARRIER, files.look());
        assertEquals(NicFault.NONE, files.look());
    }

    @Test
    void shouldSeeALostCarrierWhenItIsFirstLookedFor() throws IOException {
        says("carrier", "0");

        assertEquals(NicFault.CARRIER, files.look());
    }

    @Test
    void shouldGoByTheCarrierWhenAKernelDoesNotCountItsChanges() throws IOException {
        Files.delete(folder.resolve("carrier_changes"));
        assertEquals(NicFault.NONE, files.look());

        says("carrier", "0");

        assertEquals(NicFault.CARRIER, files.look());
    }

    /** The kernel holds up whoever reads it while an interface is removed. */
    @Test
    void shouldNotAskForTheCarrierAgainWhenNothingHasChanged() throws IOException {
        files.look();

        Files.delete(folder.resolve("carrier"));
        files.close();

        assertEquals(NicFault.NONE, files.look());
        says("operstate", "down");
        assertEquals(NicFault.CARRIER, files.look());
    }

    @Test
    void shouldTellALinkThatIsSetDownFromALostCarrier() throws IOException {
        says("operstate", "down");
        assertEquals(NicFault.CARRIER, files.look());

        says("flags", "0x1002");

        assertEquals(NicFault.LINK, files.look());
    }

    @Test
    void shouldSeeACarrierThatWasAwayBetweenTwoLooks() throws IOException {
        files.look();

        says("carrier_changes", "9");

        assertEquals(NicFault.CARRIER, files.look());
        assertEquals(NicFault.NONE, files.look());
    }

    @Test
    void shouldSeeAnInterfaceThatIsNotOperational() throws IOException {
        for (String state : new String[] {"dormant", "testing", "notpresent", "upper", "u", ""}) {
            says("operstate", state);

            assertEquals(NicFault.LINK, files.look(), state);
        }
    }

    @Test
    void shouldSeeThatTheInterfaceIsGoneAndBack() throws IOException {
        files.look();
        files.close();
        for (String name : new String[] {"operstate", "carrier", "carrier_changes", "flags"}) {
            Files.delete(folder.resolve(name));
        }

        assertFalse(files.isThere());
        assertEquals(NicFault.LINK, files.look());

        setUp();
        assertEquals(NicFault.NONE, files.look());
    }

    /** The kernel's files change their text and not their place. */
    private void says(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text + "\n");
    }
}

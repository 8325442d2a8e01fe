// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.monitor;

import io.heliograph.config.DriverMode;
import io.heliograph.config.Nic;
import io.heliograph.config.NicAddress;
import io.heliograph.config.NicMode;
import io.heliograph.config.Profile;
import io.heliograph.config.net.Ipv4;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A machine made of files in a folder, and what such a machine is wanted for. */
final class MachineTree {
    static final HostUse.NicUse ETH0 = nic("a", "10.10.1.11", 24, 1500, Optional.of("eth0"), 1436);
    static final HostUse.NicUse LOOPBACK = nic("a", "127.0.0.1", 8, 1500, Optional.of("lo"), 1436);

    private final Path root;

    MachineTree(Path root) {
        this.root = root;
    }

    MachineTree put(String path, String text) {
        try {
            Path file = root.resolve(path.substring(1));
            Files.createDirectories(file.getParent());
            Files.writeString(file, text + "\n");
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    MachineTree link(String path, String target) {
        try {
            Path file = root.resolve(path.substring(1));
            Files.createDirectories(file.getParent());
            Files.createSymbolicLink(file, Path.of(target));
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    List<Finding> examine(Check check) {
        return check.examine(new Machine(root));
    }

    Finding only(Check check) {
        List<Finding> findings = examine(check);
        if (findings.size() != 1) {
            throw new AssertionError("not one finding: " + findings);
        }
        return findings.get(0);
    }

    static HostUse use(DriverMode driver, Profile profile, HostUse.NicUse... nics) {
        return new HostUse(driver, profile, List.of(nics), 2, 2, List.of());
    }

    static HostUse.NicUse nic(
            String name, String address, int prefix, int mtu, Optional<String> device, int packetLength) {
        NicAddress own = new NicAddress(Ipv4.address(Ipv4.parse(address).orElseThrow()), prefix);
        return new HostUse.NicUse(new Nic(name, own, mtu, NicMode.MULTICAST, 0), device, packetLength, "itch");
    }

    static RunningJvm jvm(int feature, int processors, String... flags) {
        return new RunningJvm(
                feature, feature + ".0.1+9", "OpenJDK 64-Bit Server VM", List.of(flags), Optional.empty(), processors);
    }
}

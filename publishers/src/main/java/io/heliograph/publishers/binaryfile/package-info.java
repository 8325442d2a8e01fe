// SPDX-License-Identifier: Apache-2.0
/**
 * NASDAQ's BinaryFILE framing: files of messages, each behind its length in two octets, plain or gzip.
 *
 * <p>Called by {@code replay} and {@code cli}; calls only the JDK and Agrona. One thread owns a reader or writer. Nothing
 * is allocated per message. What is wrong with a file is said in one line with the file's name and the octet. Read {@link
 * io.heliograph.publishers.binaryfile.BinaryFileReader} first.
 *
 * <p>Specification: Nasdaq BinaryFILE 1.00.
 */
@NullMarked
package io.heliograph.publishers.binaryfile;

import org.jspecify.annotations.NullMarked;

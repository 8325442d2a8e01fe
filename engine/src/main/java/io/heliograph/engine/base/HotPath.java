// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.base;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a package whose code runs once a message or once a packet: no allocation, lock, system call, clock read,
 * boxing or logging outside constructors. The architecture test holds marked packages to it.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.PACKAGE)
public @interface HotPath {}

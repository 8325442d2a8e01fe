// SPDX-License-Identifier: Apache-2.0
package io.heliograph.engine.link.session;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The services of a node, by name.
 *
 * <p><b>Thread:</b> any.
 */
public final class ServiceRegistry {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final Map<String, RequestHandler> services = new ConcurrentHashMap<>();

    /** No services: every request is answered with {@link ReplyStatus#UNKNOWN_SERVICE}. */
    public ServiceRegistry() {}

    /**
     * Offers a service from now on.
     *
     * @param service its name: letters, digits, '.', '_' and '-', at most 64, a letter or digit first.
     * @param handler answers its requests, on the threads of the transports.
     * @throws IllegalArgumentException when the name is none, or taken.
     */
    public void register(String service, RequestHandler handler) {
        if (!NAME.matcher(service).matches()) {
            throw new IllegalArgumentException("no name for a service: '" + service + "'");
        }
        if (services.putIfAbsent(service, handler) != null) {
            throw new IllegalArgumentException("service " + service + " is registered already");
        }
    }

    /**
     * Who answers for a service.
     *
     * @param service its name.
     * @return empty when nobody does.
     */
    Optional<RequestHandler> find(String service) {
        return Optional.ofNullable(services.get(service));
    }
}

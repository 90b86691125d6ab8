package io.guestchat.simulator;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The tokens in force. Safe for all threads. */
final class Tokens {

    /**
     * What a token allows.
     *
     * @param scopes null where the platform told none: then everything is allowed
     */
    record Grant(Instant until, Set<String> scopes) {

        boolean allows(CallKind kind) {
            return scopes == null || scopes.contains(kind.scope());
        }
    }

    private final Platform platform;
    private final Map<String, Grant> grants = new ConcurrentHashMap<>();
    private final List<String> issued = new CopyOnWriteArrayList<>();

    Tokens(Platform platform) {
        this.platform = platform;
    }

    String issue() {
        SimulatorOptions options = platform.options();
        String token = UUID.randomUUID().toString().replace("-", "");
        Set<String> scopes = options.scope() == null ? null : Set.copyOf(Arrays.asList(options.scope().strip().split("\\s+")));
        issued.add(token);
        grants.put(token, new Grant(platform.now().plusSeconds(options.tokenLifetime().toSeconds()), scopes));
        return token;
    }

    /** What the header's bearer token allows; empty where there is none in force. */
    Optional<Grant> grant(String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return Optional.empty();
        }
        return Optional.ofNullable(grants.get(authorization.substring(7).strip()))
                .filter(grant -> platform.now().isBefore(grant.until()));
    }

    /** All, in the order of their issue. */
    List<String> issued() {
        return List.copyOf(issued);
    }

    /** No token issued so far is good any more. */
    void expireAll() {
        grants.clear();
    }
}

package io.guestchat.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.contract.ErrorCode;
import io.guestchat.contract.Failure;
import io.guestchat.contract.RequestFailedException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AccessTokensTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final FakeTimer timer = new FakeTimer();
    private final List<CompletableFuture<AccessToken>> fetches = new ArrayList<>();
    private final AccessTokens tokens = new AccessTokens(
            () -> {
                CompletableFuture<AccessToken> fetch = new CompletableFuture<>();
                fetches.add(fetch);
                return fetch;
            },
            new CallPace("token", 60, 1, timer, new SimpleMeterRegistry()),
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), new Random(3)),
            timer, Clock.fixed(NOW, ZoneOffset.UTC), Set.of("read", "write"));

    private static AccessToken token(String value, int seconds) {
        return new AccessToken(value, Duration.ofSeconds(seconds), null);
    }

    private CompletableFuture<AccessToken> ask() {
        return tokens.current().toCompletableFuture();
    }

    private static RequestFailedException unavailable(Long retryAfter) {
        return new RequestFailedException(new Failure(ErrorCode.PLATFORM_UNAVAILABLE.code(), "it is down", 503, retryAfter));
    }

    @Test
    void givenNoToken_whenManyAsk_thenOneFetchAnswersAll() {
        List<CompletableFuture<AccessToken>> asked = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            asked.add(ask());
        }
        asked.get(0).cancel(false);

        AccessToken issued = token("a", 3600);
        fetches.get(0).complete(issued);

        assertThat(fetches).hasSize(1);
        assertThat(asked.subList(1, 1000)).allSatisfy(answer -> assertThat(answer).isCompletedWithValue(issued));
        assertThat(ask()).isCompletedWithValue(issued);
    }

    @Test
    void givenAToken_whenItsEndComesNear_thenItIsRenewedInTheBackgroundAndServedMeanwhile() {
        ask();
        AccessToken first = token("a", 600);
        fetches.get(0).complete(first);

        timer.advance(Duration.ofSeconds(539));
        assertThat(fetches).hasSize(1);
        timer.advance(Duration.ofSeconds(1));

        assertThat(fetches).hasSize(2);
        assertThat(ask()).isCompletedWithValue(first);
        AccessToken second = token("b", 600);
        fetches.get(1).complete(second);
        assertThat(ask()).isCompletedWithValue(second);
    }

    @Test
    void givenATokenOfTwoSeconds_whenHalfItsLifeIsOver_thenItIsRenewed() {
        ask();
        fetches.get(0).complete(token("a", 2));

        timer.advance(Duration.ofMillis(999));
        assertThat(fetches).hasSize(1);
        timer.advance(Duration.ofMillis(1));

        assertThat(fetches).hasSize(2);
    }

    @Test
    void givenARefusedToken_whenTenThousandThrowItAway_thenOneFetchFollowsAndItsSuccessorStays() {
        ask();
        AccessToken refused = token("a", 600);
        fetches.get(0).complete(refused);

        for (int i = 0; i < 10_000; i++) {
            tokens.invalidate(refused);
            ask();
        }
        AccessToken fresh = token("a", 600);
        fetches.get(1).complete(fresh);
        tokens.invalidate(refused);

        assertThat(fetches).hasSize(2);
        assertThat(ask()).isCompletedWithValue(fresh);
    }

    @Test
    void givenAFailedFetch_whenOthersAsk_thenAllGetItsErrorAndTheNextFetchBacksOffAndNeedsNobody() {
        CompletableFuture<AccessToken> waiting = ask();
        fetches.get(0).completeExceptionally(unavailable(null));

        assertThat(waiting).isCompletedExceptionally();
        for (int i = 0; i < 1000; i++) {
            assertThat(ask()).isCompletedExceptionally();
        }
        assertThat(fetches).hasSize(1);
        assertThat(tokens.obtainable()).isEqualTo(new AccessTokens.Obtainable(false, "it is down", NOW));

        timer.advance(Duration.ofSeconds(2));
        assertThat(fetches).hasSize(2);
        fetches.get(1).complete(token("a", 600));
        assertThat(ask()).isCompleted();
        assertThat(tokens.obtainable().ok()).isTrue();
    }

    @Test
    void givenRetryAfter_whenAFetchFailed_thenTheNextIsNeverSooner() {
        ask();
        fetches.get(0).completeExceptionally(unavailable(20L));

        timer.advance(Duration.ofMillis(19_999));
        assertThat(fetches).hasSize(1);
        timer.advance(Duration.ofSeconds(3));
        assertThat(fetches).hasSize(2);
    }

    @Test
    void givenARenewalThatFails_whenTheOldTokenLives_thenItIsServedUntilItExpires() {
        ask();
        AccessToken old = token("a", 600);
        fetches.get(0).complete(old);
        timer.advance(Duration.ofSeconds(540));
        fetches.get(1).completeExceptionally(unavailable(100L));

        assertThat(ask()).isCompletedWithValue(old);
        assertThat(tokens.obtainable().ok()).isTrue();
        timer.advance(Duration.ofSeconds(60));

        assertThat(ask()).isCompletedExceptionally();
        assertThat(tokens.obtainable().ok()).isFalse();
    }

    @Test
    void givenAScope_whenItLacksOne_thenItIsNamedAndAnUntoldScopeLacksNone() {
        ask();
        fetches.get(0).complete(new AccessToken("a", Duration.ofSeconds(600), Set.of("read", "other")));

        assertThat(tokens.missingScopes()).containsExactly("write");

        timer.advance(Duration.ofSeconds(540));
        fetches.get(1).complete(token("b", 600));
        assertThat(tokens.missingScopes()).isEmpty();
    }

    @Test
    void givenAPlatformThatRefusesEveryToken_whenEachIsThrownAway_thenTheFetchesKeepTheirPace() {
        for (int i = 0; i < 200; i++) {
            CompletableFuture<AccessToken> asked = ask();
            if (!asked.isDone() && fetches.size() == i + 1) {
                fetches.get(i).complete(token("t" + i, 600));
                tokens.invalidate(asked.join());
            }
        }

        assertThat(fetches).hasSize(60);
    }

    @Test
    void givenAToken_whenPrinted_thenItsValueIsHidden() {
        assertThat(token("s3cret", 1).toString()).doesNotContain("s3cret");
        assertThat(token("s3cret", 1).bearer()).isEqualTo("Bearer s3cret");
    }
}

package io.guestchat.platform;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * Takes in the whole answer, within a size and a time, before camel-http sees it. A socket timeout alone bounds neither: a server
 * that sends a byte now and then, for ever, holds a thread for ever; and {@code HttpProducer} ends every answer by reading the
 * rest of it, however much that is.
 *
 * <p>Of the headers only {@code Retry-After} is kept: nothing of an answer but its status, that and its body has an effect here.
 * Runs outside HttpClient's own decompression, so it is what comes out of it that counts.
 */
final class BoundedAnswers implements ExecChainHandler {

    private final int goodLimit;
    private final int errorLimit;
    private final Duration deadline;
    private final Timer timer;

    /**
     * @param goodLimit bytes of a 2xx: more is an error
     * @param errorLimit bytes of any other answer: more is left unread, for the status says enough
     * @param deadline from the request to the last byte
     */
    BoundedAnswers(int goodLimit, int errorLimit, Duration deadline, Timer timer) {
        this.goodLimit = goodLimit;
        this.errorLimit = errorLimit;
        this.deadline = deadline;
        this.timer = timer;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        AtomicBoolean late = new AtomicBoolean();
        Runnable inTime = timer.after(deadline, () -> {
            late.set(true);
            // Closes the connection under the thread that reads from it.
            if (scope.originalRequest instanceof Cancellable running) {
                running.cancel();
            }
        });
        try {
            ClassicHttpResponse response = chain.proceed(request, scope);
            takeIn(response, scope);
            return response;
        } catch (IOException e) {
            if (late.get()) {
                throw new SocketTimeoutException("no complete answer within " + deadline.toSeconds() + " s");
            }
            throw e;
        } finally {
            inTime.run();
        }
    }

    private void takeIn(ClassicHttpResponse response, ExecChain.Scope scope) throws IOException {
        boolean good = response.getCode() >= 200 && response.getCode() < 300;
        byte[] body = good ? readGood(response.getEntity(), scope) : readError(response.getEntity(), scope);
        Header retryAfter = response.getFirstHeader("Retry-After");
        response.setHeaders();
        if (retryAfter != null) {
            response.addHeader(retryAfter);
        }
        response.setEntity(new ByteArrayEntity(body, null));
    }

    private byte[] readGood(HttpEntity entity, ExecChain.Scope scope) throws IOException {
        if (entity == null) {
            return new byte[0];
        }
        try {
            // Not closed where it breaks off: closing reads the rest, discarding closes the connection.
            InputStream content = entity.getContent();
            byte[] body = content.readNBytes(goodLimit + 1);
            if (body.length > goodLimit) {
                throw new AnswerTooLargeException(goodLimit);
            }
            content.close();
            return body;
        } catch (IOException e) {
            scope.execRuntime.discardEndpoint();
            throw e;
        }
    }

    private byte[] readError(HttpEntity entity, ExecChain.Scope scope) {
        if (entity == null) {
            return new byte[0];
        }
        byte[] body = new byte[errorLimit];
        int length = 0;
        try {
            InputStream content = entity.getContent();
            int read = content.read(body, 0, errorLimit);
            while (read > 0) {
                length += read;
                read = content.read(body, length, errorLimit - length);
            }
            if (read < 0) {
                content.close();
            } else {
                scope.execRuntime.discardEndpoint();
            }
        } catch (IOException brokenOff) {
            // The status has arrived, and it is the status that counts.
            scope.execRuntime.discardEndpoint();
        }
        return Arrays.copyOf(body, length);
    }
}

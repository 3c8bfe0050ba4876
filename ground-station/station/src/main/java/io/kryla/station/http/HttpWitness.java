package io.kryla.station.http;

import io.kryla.factory.witness.WitnessClient;
import io.kryla.factory.witness.WitnessException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The way to a {@link WitnessServer}. Safe for any thread. */
public final class HttpWitness implements WitnessClient {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    /** A refusal, or one note. */
    private static final int LONGEST_ANSWER = 128 << 10;

    private final URI address;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private HttpWitness(URI address) {
        this.address = address;
    }

    /** @param base of the server, such as {@code http://localhost:14900}; throws IllegalArgumentException on any other form */
    public static HttpWitness at(String base) {
        URI uri = URI.create(base);
        boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!isWeb || uri.getHost() == null || uri.getQuery() != null || uri.getUserInfo() != null) {
            throw new IllegalArgumentException("base: an address such as http://localhost:14900 expected, got " + base);
        }
        return new HttpWitness(URI.create(base.replaceFirst("/+$", "") + WitnessServer.EXCHANGE));
    }

    @Override
    public byte[] exchange(byte[] request) {
        HttpRequest post = HttpRequest.newBuilder(address)
                .timeout(ANSWER)
                .header("Content-Type", "application/x-protobuf")
                .POST(HttpRequest.BodyPublishers.ofByteArray(request))
                .build();
        try {
            HttpResponse<InputStream> response = client.send(post, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                byte[] answer = body.readNBytes(LONGEST_ANSWER + 1);
                if (response.statusCode() != 200 || answer.length > LONGEST_ANSWER) {
                    throw unreachable("it answered with status " + response.statusCode(), null);
                }
                return answer;
            }
        } catch (IOException e) {
            throw unreachable(e.getClass().getSimpleName(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable("interrupted", e);
        }
    }

    private WitnessException unreachable(String why, @org.jspecify.annotations.Nullable Exception cause) {
        String message =
                "witness at " + address + ": no answer (" + why + "); the line goes on, units wait for their proof";
        return cause == null
                ? new WitnessException(WitnessException.WITNESS_UNREACHABLE, message, true)
                : new WitnessException(WitnessException.WITNESS_UNREACHABLE, message, true, cause);
    }
}

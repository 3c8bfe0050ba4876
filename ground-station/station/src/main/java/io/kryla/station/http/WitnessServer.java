package io.kryla.station.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kryla.factory.witness.CheckpointSubmission;
import io.kryla.factory.witness.Witness;
import io.kryla.factory.witness.WitnessException;
import io.kryla.factory.witness.WitnessLimits;
import io.kryla.tlog.TileSource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * A witness that answers over HTTP: {@code POST /add-checkpoint} of any C2SP log (tlog-witness), and {@code POST /kryla/v1/witness} with a
 * {@code WitnessRequest} that brings its leaves along (protocol.md §9.5).
 *
 * <p>Bodies are bounded, and so is how many are read at once; who may ask is decided by signatures alone.
 */
public final class WitnessServer implements AutoCloseable {
    /** Where a {@code WitnessRequest} goes. */
    public static final String EXCHANGE = "/kryla/v1/witness";

    public static final String ADD_CHECKPOINT = "/add-checkpoint";
    private static final String PROTOBUF = "application/x-protobuf";
    private static final int THREADS = 8;
    private static final int BACKLOG = 64;

    private interface Exchange {
        CheckpointSubmission.Answer answer(byte[] body);
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final Consumer<RuntimeException> faults;

    private WitnessServer(HttpServer server, Consumer<RuntimeException> faults) {
        this.server = server;
        this.faults = faults;
    }

    /**
     * Starts answering.
     *
     * @param published what lines publish; see {@link CheckpointSubmission#to}
     * @param faults hears of the witness's own trouble, on the threads of the server
     * @throws HttpException BIND_FAILED
     */
    public static WitnessServer start(
            Witness witness, TileSource published, InetSocketAddress listen, Consumer<RuntimeException> faults) {
        WitnessServer server = new WitnessServer(bind(listen), faults);
        CheckpointSubmission submissions = CheckpointSubmission.to(witness, published);
        server.post(ADD_CHECKPOINT, CheckpointSubmission.LONGEST_BODY, submissions::answer);
        server.post(
                EXCHANGE,
                WitnessLimits.LARGEST_REQUEST,
                body -> new CheckpointSubmission.Answer(200, PROTOBUF, witness.exchange(body)));
        server.server.setExecutor(server.threads);
        server.server.start();
        return server;
    }

    private static HttpServer bind(InetSocketAddress listen) {
        try {
            return HttpServer.create(listen, BACKLOG);
        } catch (IOException e) {
            throw new HttpException(HttpException.BIND_FAILED, "cannot listen on " + listen, e);
        }
    }

    private void post(String path, int longest, Exchange work) {
        server.createContext(path, exchange -> {
            try (exchange) {
                if (!exchange.getRequestURI().getPath().equals(path)) {
                    send(exchange, text(404, "NOT_FOUND: " + ADD_CHECKPOINT + " or " + EXCHANGE + " expected"));
                } else if (!exchange.getRequestMethod().equals("POST")) {
                    send(exchange, text(405, "METHOD: POST expected"));
                } else {
                    byte[] body = exchange.getRequestBody().readNBytes(longest + 1);
                    send(
                            exchange,
                            body.length > longest
                                    ? text(413, "OVERSIZE: at most " + longest + " bytes expected")
                                    : answer(work, body));
                }
            }
        });
    }

    private CheckpointSubmission.Answer answer(Exchange work, byte[] body) {
        try {
            return work.answer(body);
        } catch (WitnessException e) {
            faults.accept(e);
            return text(503, e.code() + ": the witness cannot keep what it would cosign; try later");
        } catch (RuntimeException e) {
            faults.accept(e);
            return text(500, "INTERNAL: the witness failed; nothing was cosigned");
        }
    }

    private static void send(HttpExchange exchange, CheckpointSubmission.Answer answer) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        exchange.sendResponseHeaders(answer.status(), answer.body().length);
        exchange.getResponseBody().write(answer.body());
    }

    private static CheckpointSubmission.Answer text(int status, String reason) {
        return new CheckpointSubmission.Answer(
                status, "text/plain; charset=utf-8", (reason + "\n").getBytes(StandardCharsets.UTF_8));
    }

    public InetSocketAddress boundAddress() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

package io.kryla.station.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.factory.ledger.CosignResult;
import io.kryla.factory.ledger.LineLedger;
import io.kryla.factory.ledger.ProofResult;
import io.kryla.factory.ledger.Refused;
import io.kryla.factory.witness.Witness;
import io.kryla.keys.Signer;
import io.kryla.station.line.Premises;
import io.kryla.station.trial.TrialLine;
import io.kryla.station.trial.TrialUnits;
import io.kryla.tlog.Checkpoint;
import io.kryla.tlog.NoteSigner;
import io.kryla.tlog.SignedCheckpoint;
import io.kryla.tlog.TileSource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a witness answers over HTTP, to a line of ours and to whoever speaks C2SP tlog-witness. */
class WitnessServerIT {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-01T08:00:00Z"));

    @TempDir
    Path folder;

    private final List<RuntimeException> faults = new ArrayList<>();
    private TrialLine line;
    private Premises premises;
    private Witness witness;
    private WitnessServer server;

    @BeforeEach
    void start() {
        line = TrialLine.found(folder, Optional.empty(), 3, CLOCK, new SecureRandom());
        premises = line.premises();
        witness = premises.openWitness();
        server = serve(witness);
    }

    private WitnessServer serve(Witness served) {
        return WitnessServer.start(
                served,
                TileSource.folder(premises.publicFolder().root()),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                faults::add);
    }

    @AfterEach
    void stop() {
        server.close();
        witness.close();
        assertThat(faults).isEmpty();
    }

    private LineLedger openLedger() {
        return line.open(
                HttpWitness.at("http://localhost:" + server.boundAddress().getPort()));
    }

    @Test
    void cosignsWhatALineSends() {
        try (LineLedger ledger = openLedger()) {
            TrialUnits.bear(ledger, "A");

            assertThat(ledger.leafProof(0)).isInstanceOf(ProofResult.Proof.class);
        }
    }

    @Test
    void aLineGoesOnWithoutItUpToTheProof() {
        try (LineLedger ledger = openLedger()) {
            server.close();

            TrialUnits.bear(ledger, "A");

            assertThat(((Refused) ledger.leafProof(0)).code()).isEqualTo("WITNESS_UNREACHABLE");
            server = WitnessServer.start(witness, TileSource.folder(folder), server.boundAddress(), faults::add);
            assertThat(ledger.leafProof(0)).isInstanceOf(ProofResult.Proof.class);
        }
    }

    @Test
    void cosignsACheckpointWhoseLeavesAreCosignedAlready() throws Exception {
        SignedCheckpoint checkpoint = publishedLedgerOf(2);

        HttpResponse<String> answer = post(WitnessServer.ADD_CHECKPOINT, body(2, checkpoint));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("\u2014 " + witness.name() + ' ').endsWith("\n");
        byte[] note = (checkpoint.checkpoint().body() + "\n" + answer.body()).getBytes(StandardCharsets.UTF_8);
        assertThat(premises.bundle()
                        .witnesses()
                        .get(0)
                        .cosignedAt(SignedCheckpoint.parse(note).orElseThrow().note()))
                .contains(CLOCK.instant());
    }

    @Test
    void readsTheLeavesOfACheckpointThatComesAlone() throws Exception {
        SignedCheckpoint checkpoint = publishedLedgerOf(3);
        server.close();
        try (Witness fresh = Witness.open(
                        folder.resolve("fresh"),
                        premises.bundle(),
                        premises.keys().read(premises.privateFolder().licensorKey("witness")),
                        CLOCK);
                WitnessServer other = serve(fresh)) {
            server = other;

            assertThat(post(WitnessServer.ADD_CHECKPOINT, body(0, checkpoint)).statusCode())
                    .isEqualTo(200);
            HttpResponse<String> again = post(WitnessServer.ADD_CHECKPOINT, body(0, checkpoint));
            assertThat(again.statusCode()).isEqualTo(409);
            assertThat(again.headers().firstValue("Content-Type")).contains("text/x.tlog.size");
            assertThat(again.body()).isEqualTo("3\n");
        }
    }

    @Test
    void declinesWhatItMust() throws Exception {
        SignedCheckpoint checkpoint = publishedLedgerOf(2);
        Signer key = premises.keys().read(premises.privateFolder().line("DE-01").key("ledger"));
        Checkpoint honest = checkpoint.checkpoint();
        Checkpoint fork = new Checkpoint(honest.origin(), 2, premises.bundle().payloadSha256());
        Checkpoint unseen = new Checkpoint(honest.origin(), 4, premises.bundle().payloadSha256());
        Checkpoint foreign = new Checkpoint("kryla.example/ledger/XX-99", 2, honest.root());

        assertThat(post(WitnessServer.ADD_CHECKPOINT, body(2, signed(fork, key)))
                        .statusCode())
                .isEqualTo(409);
        assertThat(post(WitnessServer.ADD_CHECKPOINT, body(2, signed(unseen, key)))
                        .body())
                .startsWith("LEAVES_MISSING: ");
        assertThat(post(WitnessServer.ADD_CHECKPOINT, body(2, signed(foreign, key)))
                        .statusCode())
                .isEqualTo(404);
        Signer stranger = premises.keys().read(premises.privateFolder().licensorKey("license-1"));
        assertThat(post(WitnessServer.ADD_CHECKPOINT, body(2, signed(honest, stranger)))
                        .statusCode())
                .isEqualTo(403);
        assertThat(post(WitnessServer.ADD_CHECKPOINT, body(3, checkpoint)).statusCode())
                .isEqualTo(400);
    }

    @Test
    void answersNonsenseInOneLine() throws Exception {
        for (String nonsense : List.of("", "\n\n", "old 1", "old 01\n\nx", "old 0\nAAAA\n\n", "old -1\n\n")) {
            HttpResponse<String> answer = post(WitnessServer.ADD_CHECKPOINT, nonsense);
            assertThat(answer.statusCode()).as(nonsense).isEqualTo(400);
            assertThat(answer.body().lines()).hasSize(1);
        }
        assertThat(post(WitnessServer.ADD_CHECKPOINT, "x".repeat(100_000)).statusCode())
                .isEqualTo(413);
        assertThat(post("/add-checkpoint/more", "x").statusCode()).isEqualTo(404);
        HttpRequest get =
                HttpRequest.newBuilder(at(WitnessServer.ADD_CHECKPOINT)).build();
        assertThat(HttpClient.newHttpClient()
                        .send(get, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(405);
    }

    /** Born, cosigned over HTTP, and published. */
    private SignedCheckpoint publishedLedgerOf(int units) {
        try (LineLedger ledger = openLedger()) {
            for (int unit = 0; unit < units; unit++) {
                TrialUnits.bear(ledger, "unit " + unit);
            }
            assertThat(ledger.cosign()).isInstanceOf(CosignResult.Cosigned.class);
            ledger.exportTiles(premises.publicFolder().ledger("DE-01"));
            return SignedCheckpoint.parse(
                            ledger.cosignedCheckpoint().orElseThrow().getBytes(StandardCharsets.UTF_8))
                    .orElseThrow();
        }
    }

    private static SignedCheckpoint signed(Checkpoint checkpoint, Signer key) {
        return SignedCheckpoint.sign(checkpoint, NoteSigner.of(checkpoint.origin(), key));
    }

    private static String body(long oldSize, SignedCheckpoint checkpoint) {
        return "old " + oldSize + "\n\n" + new String(checkpoint.bytes(), StandardCharsets.UTF_8);
    }

    private URI at(String path) {
        return URI.create("http://localhost:" + server.boundAddress().getPort() + path);
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(at(path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}

package io.kryla.hil.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.kryla.hil.flight.FlightSetup;
import io.kryla.hil.flight.UnsignedFlight;
import io.kryla.hil.scenario.AcceptancePlan;
import io.kryla.hil.scenario.VehicleFile;
import io.kryla.hil.verdict.Judge;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real flight's page in a real Chromium, which `./kryla test` installs. */
class ReportInBrowserTest {
    private static final Path PLANS = Path.of("..", "docs", "examples", "plans");

    @TempDir
    private Path folder;

    @Test
    void asksForNothingComplainsOfNothingAndPrintsWhole() throws Exception {
        byte[] page = page();
        Queue<String> asked = new ConcurrentLinkedQueue<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            boolean isPage = exchange.getRequestURI().getPath().equals("/report.html");
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(isPage ? 200 : 404, isPage ? page.length : -1);
            if (isPage) {
                exchange.getResponseBody().write(page);
            }
            exchange.close();
        });
        server.start();
        try {
            Path printed = folder.resolve("printed.pdf");
            String log = browse("http://127.0.0.1:" + server.getAddress().getPort() + "/report.html", printed);
            assertThat(log).as("messages on the page's console").doesNotContain("CONSOLE");
            // Of its own accord a browser asks for an icon.
            assertThat(asked).contains("/report.html").isSubsetOf("/report.html", "/favicon.ico");
            try (PDDocument document = Loader.loadPDF(printed.toFile())) {
                assertThat(new PDFTextStripper().getText(document))
                        .contains("Acceptance flight", "Ground track", "Battery voltage", "Tester (card id)");
                assertThat(document.getNumberOfPages()).isBetween(2, 6);
            }
        } finally {
            server.stop(0);
        }
    }

    /** What Chromium logged; it must end by itself. */
    private String browse(String url, Path printed) throws IOException, InterruptedException {
        Path log = folder.resolve("browser.log");
        Process chromium = new ProcessBuilder(
                        "chromium",
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--enable-logging=stderr",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--print-to-pdf=" + printed,
                        url)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(chromium.waitFor(120, TimeUnit.SECONDS)).isTrue();
        } finally {
            chromium.destroyForcibly();
        }
        assertThat(printed).as(Files.readString(log)).isNotEmptyFile();
        return Files.readString(log);
    }

    private static byte[] page() {
        Path file = PLANS.resolve("pass.yaml");
        var plan = AcceptancePlan.read(file);
        var flown = UnsignedFlight.fly(new FlightSetup(plan, VehicleFile.of(plan, file), 1));
        var verdict = Judge.judge(plan, 1, "build", flown.truth(), flown.telemetry());
        return HtmlReport.render(
                new ReportSubject("W".repeat(120), "DESIGN", List.of()),
                plan,
                verdict,
                flown.truth(),
                flown.telemetry());
    }
}

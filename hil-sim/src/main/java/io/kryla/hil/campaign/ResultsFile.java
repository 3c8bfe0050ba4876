package io.kryla.hil.campaign;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kryla.hil.scenario.Campaign;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * {@code results.jsonl}: a line for what is flown, then a line a flight as it ends, each written at once. Whatever kills the
 * program, every whole line counts and the flights without one are flown again; half a line at the end is cut off. One
 * program at a time. Safe for threads.
 */
final class ResultsFile implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Path file;
    private final FileChannel channel;
    private final BitSet flown = new BitSet();

    /** What the results belong to: another campaign's are never mixed in. */
    @JsonPropertyOrder({"format", "campaign-sha256", "plan-sha256", "vehicle-sha256", "build"})
    record Header(
            @JsonProperty("format") String format,
            @JsonProperty("campaign-sha256") String campaignSha256,
            @JsonProperty("plan-sha256") String planSha256,
            @JsonProperty("vehicle-sha256") String vehicleSha256,
            @JsonProperty("build") String build) {
        static Header of(Campaign campaign, String build) {
            return new Header(
                    "kryla-campaign-results/1",
                    campaign.sha256().hex(),
                    campaign.planSha256().hex(),
                    campaign.vehicleSha256().hex(),
                    build);
        }
    }

    private ResultsFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Opens or begins it.
     *
     * @throws CampaignException CAMPAIGN_CHANGED, CAMPAIGN_BUSY, RESULTS_INVALID, RESULTS_NOT_WRITTEN
     */
    static ResultsFile open(Path file, Campaign campaign, String build) {
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            ResultsFile opened = new ResultsFile(file, channel);
            try {
                opened.lock();
                opened.resume(Header.of(campaign, build), campaign.flights());
                return opened;
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw notWritten(file, e);
        }
    }

    private void lock() throws IOException {
        boolean mine;
        try {
            mine = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            mine = false;
        }
        if (!mine) {
            throw new CampaignException(
                    "CAMPAIGN_BUSY",
                    file + " is being written by another campaign; wait for it or choose another folder");
        }
    }

    private void resume(Header header, int flights) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int whole = bytes.length;
        while (whole > 0 && bytes[whole - 1] != '\n') {
            whole--;
        }
        channel.truncate(whole);
        channel.position(whole);
        if (whole == 0) {
            write(JSON.writeValueAsString(header));
            return;
        }
        String[] lines = new String(bytes, 0, whole, StandardCharsets.UTF_8).split("\n", -1);
        Header found = parse(lines[0], Header.class, 1);
        if (!found.equals(header)) {
            throw new CampaignException(
                    "CAMPAIGN_CHANGED",
                    file + " belongs to another campaign, plan, vehicle or build; choose another folder or replace it");
        }
        for (int i = 1; i < lines.length - 1; i++) {
            FlightResult result = parse(lines[i], FlightResult.class, i + 1);
            if (result.flight() < 1 || result.flight() > flights || flown.get(result.flight())) {
                throw invalid(i + 1, "flight " + result.flight() + " is none of the campaign, or stands there twice");
            }
            flown.set(result.flight());
        }
    }

    /** The flights that have ended, by their numbers; of now. */
    synchronized BitSet flown() {
        return (BitSet) flown.clone();
    }

    private <T> T parse(String line, Class<T> type, int number) {
        try {
            return JSON.readValue(line, type);
        } catch (JsonProcessingException e) {
            throw invalid(number, e.getOriginalMessage());
        }
    }

    private CampaignException invalid(int line, String why) {
        return new CampaignException(
                "RESULTS_INVALID", file + ":" + line + ": " + why + "; choose another folder or replace it");
    }

    synchronized void add(FlightResult result) {
        try {
            write(JSON.writeValueAsString(result));
        } catch (IOException e) {
            throw notWritten(file, e);
        }
        flown.set(result.flight());
    }

    private void write(String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** All results in the order of the flights' numbers: only now are they held in memory. */
    synchronized List<FlightResult> readAll() {
        List<FlightResult> results = new ArrayList<>(flown.cardinality());
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            lines.readLine();
            int number = 2;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                results.add(parse(line, FlightResult.class, number++));
            }
        } catch (IOException e) {
            throw notWritten(file, e);
        }
        results.sort(Comparator.comparingInt(FlightResult::flight));
        return results;
    }

    @Override
    public void close() {
        try {
            channel.force(true);
            channel.close();
        } catch (IOException e) {
            throw notWritten(file, e);
        }
    }

    private static CampaignException notWritten(Path file, IOException e) {
        return new CampaignException(
                "RESULTS_NOT_WRITTEN", file + " cannot be written (" + e.getMessage() + "); free the disk", e);
    }
}

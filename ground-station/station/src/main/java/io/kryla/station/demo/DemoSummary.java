package io.kryla.station.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code summary.json}: which unit came from which line, and how its flight ended. For people; proves nothing. */
final class DemoSummary {
    private static final ObjectMapper JSON = new ObjectMapper();

    private DemoSummary() {}

    static byte[] encode(DemoReport report) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("kind", "kryla-demo");
        summary.put("units", report.units().stream().map(DemoSummary::unit).toList());
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(summary);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps and strings have a JSON form", e);
        }
    }

    private static Map<String, Object> unit(DemoReport.DemoUnit unit) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("line", unit.line());
        members.put("serial", unit.serial());
        members.put("verdict", unit.flight().verdict().outcome().name());
        members.put("accepted", unit.flight().accepted());
        members.put("files", List.of("airframes/" + unit.serial(), "flights/" + unit.serial()));
        return members;
    }
}

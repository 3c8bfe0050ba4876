package io.kryla.architecture;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which package may import which, and where each library may be used. A package imports only packages whose rows stand
 * above its own, so the table cannot hold a cycle. A new package is a new row that a reviewer sees.
 */
final class PackageTable {
    private final Map<String, Set<String>> imports = new LinkedHashMap<>();
    private final Map<String, Set<String>> users = new LinkedHashMap<>();

    private PackageTable() {}

    static PackageTable ofKryla() {
        PackageTable table = new PackageTable();
        table.sdkCore();
        table.fakeAirframe();
        table.simulator();
        table.groundStation();
        table.factory();
        table.station();
        table.libraryRows();
        table.licensorsDesk();
        return table;
    }

    private void sdkCore() {
        row("testing", "");
        row("keys", "v1");
        row("keys.bouncycastle", "keys");
        row("tlog", "keys");
        row("dsse", "keys v1");
        row("identity", "keys keys.bouncycastle tlog dsse v1");
        row("sframe", "");
        row("link", "");
        row("codec", "v1");
        row("telemetry", "keys tlog dsse codec v1");
        row("session", "keys identity sframe link telemetry v1");
        row("mcap", "");
        row("airframe", "keys tlog dsse identity sframe link codec telemetry session v1");
        row("airframe.provisioning", "keys tlog dsse identity link telemetry session airframe v1");
        row("companion", "keys codec telemetry airframe v1");
        row("ownership", "keys tlog dsse identity v1");
        row("airframe.handover", "keys tlog dsse identity session airframe ownership v1");
    }

    /** What tests of integrators embed. */
    private void fakeAirframe() {
        row("identity.fixture", "keys keys.bouncycastle tlog dsse identity v1");
        row("test", "keys tlog dsse identity identity.fixture link telemetry airframe v1");
    }

    /** A flight controller sees readings, never physics: see {@link ArchitectureTest}. */
    private void simulator() {
        row("hil.quantity", "");
        row("hil.chance", "");
        row("hil.geometry", "hil.quantity");
        row("hil.closedform", "");
        row("hil.geomagnetism", "hil.geometry hil.closedform");
        row("hil.readings", "");
        row("hil.physics", "hil.quantity hil.chance hil.geometry hil.closedform hil.geomagnetism");
        row("hil.sensors", "hil.quantity hil.chance hil.geometry hil.closedform hil.readings hil.physics");
        row("hil.validation", "hil.closedform hil.geomagnetism hil.physics hil.sensors");
        row("hil.estimation", "hil.geometry hil.readings");
        row("hil.control", "hil.quantity hil.geometry");
        row("hil.autopilot", "hil.quantity hil.readings hil.estimation hil.control");
        row(
                "hil.scenario",
                "hil.quantity hil.chance hil.geometry hil.physics hil.sensors hil.control hil.autopilot keys");
        row("hil.verdict", "hil.quantity hil.geometry hil.autopilot hil.scenario keys mcap v1");
        row(
                "hil.flight",
                "hil.quantity hil.chance hil.geometry hil.readings hil.physics hil.sensors hil.estimation hil.control"
                        + " hil.autopilot hil.scenario hil.verdict keys airframe telemetry mcap v1");
        row("hil.campaign", "hil.scenario hil.flight hil.verdict keys");
        row("hil.report", "hil.scenario hil.verdict hil.campaign keys");
    }

    private void groundStation() {
        String core = "keys tlog dsse identity sframe link codec telemetry session v1 ";
        row("radio.frame", "");
        row("radio.stream", "radio.frame");
        row("radio", "keys link session radio.frame radio.stream");
        row("ground.link", "keys identity link session");
        row("ground.stream", "keys telemetry v1");
        row("ground.metrics", "");
        row("micrometer", "ground.metrics");
        row("ground.trust", "keys tlog identity v1");
        row("ground.fleet", core + "ground.link ground.metrics ground.stream ground.trust");
        row("ground.record", core + "mcap ground.metrics ground.stream ground.fleet");
    }

    private void factory() {
        String core = "keys tlog dsse identity v1 ";
        row("factory.pki", core + "keys.bouncycastle");
        row("factory.operators", core + "factory.pki");
        row("factory.token", "keys keys.bouncycastle");
        row("factory.license", core);
        row("factory.licensor", core + "factory.pki factory.license");
        row("factory.replay", core + "factory.license");
        row("factory.witness", core + "factory.license factory.replay");
        row("factory.ledger", core + "factory.license factory.replay factory.witness");
        row("factory.manifest", core);
        row("factory.calibration", "v1");
        row(
                "factory.provisioning",
                core
                        + "session airframe.provisioning ground.link factory.pki factory.license factory.ledger factory.calibration");
        row(
                "factory.bench",
                core
                        + "session airframe.provisioning ground.link factory.operators factory.calibration factory.provisioning");
        row("factory.units", core + "factory.operators factory.ledger factory.provisioning");
        row(
                "factory.acceptance",
                core + "telemetry ground.record factory.license factory.replay factory.ledger factory.provisioning");
        row(
                "factory.handover",
                core + "ownership airframe.handover factory.license factory.replay factory.ledger factory.provisioning"
                        + " factory.acceptance");
        row(
                "factory.audit",
                core
                        + "telemetry mcap ownership ground.fleet ground.record factory.license factory.replay factory.manifest"
                        + " factory.acceptance factory.handover");
    }

    private void station() {
        String core = "keys tlog dsse identity v1 ";
        row("station.outcome", "");
        row("station.folder", "keys identity station.outcome factory.token factory.manifest v1");
        row("station.keys", "keys station.outcome factory.token");
        row(
                "station.licensor",
                core + "factory.pki factory.token factory.license factory.licensor station.outcome station.folder");
        row("station.founding", core + "station.outcome station.folder factory.pki factory.license factory.manifest");
        row(
                "station.bench",
                core
                        + "telemetry airframe airframe.provisioning hil.physics hil.readings hil.sensors hil.scenario hil.flight"
                        + " factory.calibration station.folder");
        row("station.testplan", "hil.scenario factory.calibration factory.provisioning");
        row(
                "station.line",
                core
                        + "airframe.provisioning ground.link ground.fleet ground.record factory.pki factory.operators factory.license factory.ledger"
                        + " factory.witness factory.manifest factory.provisioning factory.bench factory.units factory.acceptance factory.handover factory.audit"
                        + " station.outcome station.folder station.bench station.testplan");
        row("station.prompts", "");
        row("station.label", "");
        row("station.adapter", "hil.scenario station.outcome");
        row(
                "station.workbench",
                "keys identity v1 airframe airframe.provisioning hil.sensors factory.calibration factory.provisioning factory.bench"
                        + " station.outcome station.folder station.label station.adapter station.bench");
        row(
                "station.flight",
                core
                        + "airframe link telemetry ground.stream ground.fleet ground.record hil.physics hil.scenario hil.verdict hil.report"
                        + " hil.flight factory.acceptance factory.manifest station.outcome station.folder station.bench station.line");
        row(
                "station.rig",
                "airframe.provisioning hil.scenario hil.flight hil.campaign hil.report factory.witness factory.manifest station.outcome"
                        + " station.folder station.founding station.bench station.line station.flight");
        row(
                "station.demo",
                core
                        + "ownership airframe airframe.provisioning airframe.handover hil.scenario hil.verdict factory.license"
                        + " factory.witness factory.manifest factory.provisioning factory.handover factory.audit"
                        + " station.outcome"
                        + " station.folder station.founding station.bench station.line station.flight");
        row("station.http", "keys tlog factory.witness");
        row(
                "station.trial",
                "keys identity v1 tlog airframe airframe.provisioning hil.sensors factory.license factory.ledger factory.provisioning factory.witness factory.manifest station.outcome station.folder station.bench"
                        + " station.founding station.line station.http");
        row(
                "station.cli",
                "keys tlog link ownership factory.handover factory.license telemetry identity v1 radio airframe.provisioning factory.operators station.keys hil.closedform hil.physics hil.validation hil.scenario hil.flight hil.verdict hil.campaign ground.stream ground.record factory.ledger factory.provisioning factory.bench factory.units factory.witness factory.audit factory.replay factory.manifest station.outcome station.folder station.founding"
                        + " station.adapter station.prompts station.bench station.testplan station.workbench station.line station.flight station.rig station.demo station.trial station.http");
    }

    private void libraryRows() {
        library("org.bouncycastle", "keys keys.bouncycastle identity identity.fixture factory.pki factory.token");
        library(
                "com.google.protobuf",
                "keys dsse identity identity.fixture test codec telemetry session mcap airframe airframe.provisioning airframe.handover companion ownership station.cli"
                        + " hil.flight hil.verdict ground.stream ground.trust ground.fleet ground.record factory.operators factory.license factory.replay factory.witness"
                        + " factory.ledger factory.manifest factory.provisioning factory.bench factory.units factory.acceptance factory.handover"
                        + " factory.audit station.folder station.founding station.bench station.workbench station.line station.flight station.trial");
        library("com.github.luben.zstd", "mcap");
        library("com.fazecast.jSerialComm", "radio");
        library("io.netty", "ground.link");
        library("io.micrometer", "micrometer");
        library("org.apache.commons.statistics", "hil.campaign");
        library(
                "com.fasterxml.jackson",
                "hil.scenario hil.campaign station.testplan station.adapter station.bench station.trial station.cli");
        library("org.yaml.snakeyaml", "hil.scenario");
        library("com.networknt.schema", "hil.scenario");
        library("java.sql", "factory.ledger");
        library("org.sqlite", "factory.ledger");
        library("org.flywaydb", "factory.ledger");
        library("org.jdbi", "factory.ledger");
        library("org.postgresql", "factory.ledger");
        library("com.zaxxer.hikari", "factory.ledger");
        library("org.hipparchus", "factory.calibration");
        library("com.google.zxing", "station.label");
        library("org.apache.pdfbox", "hil.report station.label");
        library("javax.imageio", "station.label");
        library("com.sun.net.httpserver", "station.http");
        library("net.jqwik", "testing");
        library("picocli", "station.cli");
        library("javax.xml.stream", "hil.report");
        library("me.tongfei.progressbar", "station.cli");
        library("org.jline", "station.cli");
    }

    /** Who works with the licensor's desk: those who draft and sign on the command line, and a line that takes in what it sends. */
    private void licensorsDesk() {
        grant("station.line", "factory.token factory.licensor station.keys");
        grant("station.cli", "dsse factory.pki factory.token factory.license factory.licensor station.licensor");
        users.get("com.google.protobuf").addAll(words("factory.licensor station.licensor"));
    }

    /** Further imports of a package that has a row; of rows above it, as ever. */
    private void grant(String name, String further) {
        List<String> order = List.copyOf(imports.keySet());
        for (String other : words(further)) {
            if (!order.contains(other) || order.indexOf(other) > order.indexOf(name)) {
                throw new IllegalArgumentException("row " + name + " imports " + other + ", which has no row above it");
            }
            imports.get(name).add(other);
        }
    }

    private void row(String name, String mayImport) {
        Set<String> allowed = words(mayImport);
        for (String other : allowed) {
            if (!other.equals("v1") && !imports.containsKey(other)) {
                throw new IllegalArgumentException("row " + name + " imports " + other + ", which has no row above it");
            }
        }
        if (imports.put(name, allowed) != null) {
            throw new IllegalArgumentException("two rows for " + name);
        }
    }

    private void library(String prefix, String mayUse) {
        users.put(prefix, words(mayUse));
    }

    private static Set<String> words(String list) {
        return new LinkedHashSet<>(
                list.isBlank() ? List.of() : List.of(list.trim().split("\\s+")));
    }

    Set<String> packages() {
        return imports.keySet();
    }

    boolean mayImport(String from, String to) {
        return imports.getOrDefault(from, Set.of()).contains(to);
    }

    /** Everything that a package can reach through what it may import. */
    Set<String> reach(String from) {
        Set<String> reached = new LinkedHashSet<>();
        for (String next : imports.getOrDefault(from, Set.of())) {
            reached.add(next);
            reached.addAll(reach(next));
        }
        return reached;
    }

    Set<String> libraries() {
        return users.keySet();
    }

    Set<String> usersOf(String library) {
        return users.get(library);
    }

    boolean mayUse(String from, String library) {
        return users.get(library).contains(from);
    }
}

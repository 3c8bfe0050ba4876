package io.kryla.factory.manifest;

import java.nio.file.Path;

/**
 * The folder that a licensor audits: signed documents, static ledgers, flights, capsules. Holds no secret. Layout:
 * protocol.md §12.
 */
public record PublicFolder(Path root) {

    public Path rootCertificate() {
        return root.resolve("root.pem");
    }

    public Path trustBundle() {
        return root.resolve("trust-bundle.dsse");
    }

    public Path manifest(String line) {
        return root.resolve("manifest-" + line + ".dsse");
    }

    /** Written last: a folder with it is complete. */
    public Path summary() {
        return root.resolve("summary.json");
    }

    public Path license(String line) {
        return root.resolve("licenses").resolve(line + ".dsse");
    }

    public Path firmwareManifest() {
        return root.resolve("firmware").resolve("manifest.dsse");
    }

    public Path exportAuthorisation(String line) {
        return root.resolve("authorisations").resolve(line + ".dsse");
    }

    /** Newest CRL of an authority, by its short name. */
    public Path crl(String authority) {
        return root.resolve("crls").resolve(authority + ".crl");
    }

    public Path crls() {
        return root.resolve("crls");
    }

    /** Certificate of a CA below the root, by its short name; its CRL has the same. */
    public Path authority(String authority) {
        return certificates().resolve(authority + ".pem");
    }

    public Path certificates() {
        return root.resolve("certificates");
    }

    /** Chain of the key that signs a line's records, leaf first. */
    public Path stationChain(String line) {
        return certificates().resolve(line + "-station.pem");
    }

    /** Static export of a line's ledger: C2SP tlog-tiles and the cosigned checkpoint. */
    public Path ledger(String line) {
        return root.resolve("ledgers").resolve(line);
    }

    public AirframeFiles airframe(String serial) {
        return new AirframeFiles(root.resolve("airframes").resolve(serial));
    }

    public FlightFiles flight(String serial) {
        return new FlightFiles(root.resolve("flights").resolve(serial));
    }

    public Path capsule(String serial) {
        return root.resolve("handover").resolve(serial + ".capsule");
    }

    /** What proves that an airframe was born. */
    public record AirframeFiles(Path folder) {
        public Path chain() {
            return folder.resolve("chain.pem");
        }

        public Path birthRecord() {
            return folder.resolve("birth.dsse");
        }

        public Path birthProof() {
            return folder.resolve("birth.tlog-proof");
        }
    }

    /** An acceptance flight. */
    public record FlightFiles(Path folder) {
        public Path recording() {
            return folder.resolve("flight.mcap");
        }

        public Path recordingStatement() {
            return folder.resolve("recording.dsse");
        }

        public Path anchor() {
            return folder.resolve("flight.tlog-proof");
        }

        /** What was flown, in the exact bytes that FLIGHT_OPENED names. */
        public Path plan() {
            return folder.resolve("plan.yaml");
        }

        public Path vehicle() {
            return folder.resolve("vehicle.yaml");
        }

        public Path truth() {
            return folder.resolve("truth.mcap");
        }

        public Path verdict() {
            return folder.resolve("verdict.json");
        }

        public Path report() {
            return folder.resolve("report.html");
        }

        /** The same for printing and filing. */
        public Path printedReport() {
            return folder.resolve("report.pdf");
        }

        /** The verdict as JUnit XML. */
        public Path junitReport() {
            return folder.resolve("verdict.junit.xml");
        }

        public Path acceptance() {
            return folder.resolve("acceptance.dsse");
        }
    }
}

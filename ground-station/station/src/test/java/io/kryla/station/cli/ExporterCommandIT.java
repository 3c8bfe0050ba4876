package io.kryla.station.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kryla.keys.EncryptedKeyFile;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.SoftwareSigner;
import io.kryla.station.folder.PrivateFolder;
import io.kryla.station.founding.WorldPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The officer of a demo's exporter transcribes a document. */
final class ExporterCommandIT {
    @TempDir
    Path folder;

    private final Map<String, Object> options = new TreeMap<>();

    @BeforeEach
    void aDocument() {
        PrivateFolder secrets = PrivateFolder.beside(SharedDemo.folder().root());
        options.put("--root", SharedDemo.folder().rootCertificate());
        options.put("--bundle", SharedDemo.folder().trustBundle());
        options.put("--officer", WorldPlan.EXPORT_OFFICER);
        options.put("--key", secrets.licensorKey(WorldPlan.EXPORT_OFFICER));
        options.put("--pin-file", secrets.passphrase());
        options.put("--id", "EA-7");
        options.put("--ledger", "kryla.example/ledger/DE-01");
        options.put("--centre", WorldPlan.CENTRE);
        options.put("--destination", "UA");
        options.put("--quantity", 5);
        options.put("--ends", "9999-01-01T00:00:00Z");
        options.put("--document", "AUTHORITY-1");
        options.put("--end-user-certificate", "EUC-1");
        options.put("--out", folder.resolve("ea-7.dsse"));
    }

    @Test
    void writesASignedAuthorisationOnce() {
        Cli signed = authorise();
        assertThat(signed.exit()).as(signed.out() + signed.err()).isZero();
        assertThat(signed.json().at("/quantity").asInt()).isEqualTo(5);
        assertThat(folder.resolve("ea-7.dsse")).isNotEmptyFile();
        Cli again = authorise();
        assertThat(again.exit()).isEqualTo(2);
        assertThat(again.json().at("/code").asText()).isEqualTo("FILE_EXISTS");
    }

    @Test
    void refusesAnOfficerACentreAndALedgerThatTheBundleDoesNotName() {
        assertRefused("--officer", "stranger", "UNKNOWN_SIGNER");
        assertRefused("--centre", "centre-99", "FOREIGN");
        assertRefused("--ledger", "kryla.example/ledger/FR-01", "FOREIGN");
    }

    @Test
    void refusesTheKeyOfAnother() throws IOException {
        Path pin = Files.writeString(folder.resolve("pin"), "0123456789abcdef0123456789abcdef");
        Files.setPosixFilePermissions(pin, PosixFilePermissions.fromString("rw-------"));
        Path key = folder.resolve("key.pem");
        EncryptedKeyFile.writeUnderRandomSecret(
                key,
                SoftwareSigner.generate(SignatureAlgorithm.ED25519, new SecureRandom()),
                "0123456789abcdef0123456789abcdef".toCharArray());
        options.put("--pin-file", pin);
        assertRefused("--key", key, "UNKNOWN_SIGNER");
    }

    @Test
    void refusesWhatNoDocumentSays() {
        assertRefused("--ends", "2020-01-01T00:00:00Z", "AUTHORISATION_EXPIRED");
        assertRefused("--quantity", 0, "MALFORMED");
        assertRefused("--destination", "Ukraine", "MALFORMED");
        assertRefused("--document", " ", "MALFORMED");
        assertRefused("--end-user-certificate", "", "MALFORMED");
    }

    private void assertRefused(String option, Object value, String code) {
        Object before = options.put(option, value);
        Cli refused = authorise();
        options.put(option, before);
        assertThat(refused.exit()).as(refused.out() + refused.err()).isEqualTo(1);
        assertThat(refused.json().at("/code").asText()).isEqualTo(code);
        assertThat(folder.resolve("ea-7.dsse")).doesNotExist();
    }

    private Cli authorise() {
        List<Object> arguments = new ArrayList<>(List.of("exporter", "authorise", "--json"));
        options.forEach((name, value) -> arguments.add(name + "=" + value));
        return Cli.run(arguments.toArray());
    }
}

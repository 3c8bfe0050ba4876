package io.kryla.factory.birth;

import io.kryla.airframe.FirmwareSlot;
import io.kryla.airframe.ParameterStore;
import io.kryla.airframe.SecureElement;
import io.kryla.airframe.SelfTest;
import io.kryla.airframe.provisioning.ProvisioningBoard;
import io.kryla.airframe.provisioning.ProvisioningClient;
import io.kryla.factory.testline.TestLicensor;
import io.kryla.identity.Certificates;
import io.kryla.keys.Digest;
import io.kryla.keys.SignatureAlgorithm;
import io.kryla.keys.Signer;
import io.kryla.keys.SoftwareSigner;
import io.kryla.v1.FirmwareManifest;
import io.kryla.v1.MeasuredValue;
import io.kryla.v1.Parameter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A board on the bench: its keys, storage, slot and parameters stay when the process on it is started again. */
public final class BenchAirframe implements FirmwareSlot, ParameterStore, SelfTest, SecureElement {
    private final Signer identityKey;
    private final Signer logKey;
    private final TestLicensor licensor;
    private final InstantSource clock;
    public final MemoryStorage storage = new MemoryStorage();
    public final Map<String, Double> measured = new TreeMap<>(Map.of("battery.voltage", 16.0, "gyro.bias", 0.01));
    public final Map<String, Double> parameters = new TreeMap<>();
    public int installations;
    public byte[] hardwareId;
    public boolean damagesFirmware;
    public boolean losesParameters;
    private Digest image = Digest.sha256("factory default".getBytes(StandardCharsets.UTF_8));
    private String version = "0";

    public BenchAirframe(String name, TestLicensor licensor, InstantSource clock) {
        SecureRandom random = new SecureRandom();
        this.identityKey = SoftwareSigner.generate(SignatureAlgorithm.ECDSA_P256_SHA256, random);
        this.logKey = SoftwareSigner.generate(SignatureAlgorithm.ED25519, random);
        this.licensor = licensor;
        this.clock = clock;
        this.hardwareId = name.getBytes(StandardCharsets.UTF_8);
    }

    /** A process that knows nothing but what the board holds. */
    public ProvisioningClient start() {
        return ProvisioningClient.of(board());
    }

    public ProvisioningBoard board() {
        return ProvisioningBoard.builder()
                .design(TestLicensor.DESIGN_OID)
                .hardwareId(hardwareId)
                .rootSha256(Certificates.sha256(licensor.root.certificate()))
                .secureElement(this)
                .storage(storage)
                .firmware(this)
                .parameters(this)
                .selfTest(this)
                .clock(clock)
                .build();
    }

    @Override
    public Signer identityKey() {
        return identityKey;
    }

    @Override
    public Signer logKey() {
        return logKey;
    }

    @Override
    public Digest imageSha256() {
        return image;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public void install(FirmwareManifest verifiedManifest) {
        installations++;
        image = damagesFirmware
                ? Digest.sha256("one bit off".getBytes(StandardCharsets.UTF_8))
                : Digest.of(verifiedManifest.getImageSha256().toByteArray());
        version = verifiedManifest.getVersion();
    }

    @Override
    public void write(List<Parameter> written) {
        if (!losesParameters) {
            written.forEach(parameter -> parameters.put(parameter.getName(), parameter.getValue()));
        }
    }

    @Override
    public List<Parameter> read() {
        List<Parameter> all = new ArrayList<>();
        parameters.forEach((name, value) ->
                all.add(Parameter.newBuilder().setName(name).setValue(value).build()));
        return all;
    }

    @Override
    public List<MeasuredValue> measure(List<String> names) {
        return names.stream()
                .filter(measured::containsKey)
                .map(name -> MeasuredValue.newBuilder()
                        .setName(name)
                        .setValue(measured.get(name))
                        .setUnit(name.equals("battery.voltage") ? "V" : "rad/s")
                        .build())
                .toList();
    }
}

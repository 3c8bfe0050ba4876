package io.kryla.ground.fleet;

import com.google.protobuf.ByteString;
import io.kryla.identity.CertificateChain;
import io.kryla.identity.Certificates;
import io.kryla.identity.CrlSet;
import io.kryla.identity.TlsIdentity;
import io.kryla.identity.TrustedBundle;
import io.kryla.v1.FlightEvidence;
import io.kryla.v1.FlightLogInfo;
import io.kryla.v1.Hello;
import java.security.cert.X509CRL;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Judges a {@code Hello} together with the chain that TLS has proven: whose log this is, and under which key. */
final class AirframeAdmission {
    private final TrustedBundle bundle;
    private final TlsIdentity ground;
    private final AirframeVerifier verifier;
    private final String profile;
    private final Supplier<CrlSet> crls;

    AirframeAdmission(
            TrustedBundle bundle, GroundPolicy policy, TlsIdentity ground, String profile, Supplier<CrlSet> crls) {
        this.bundle = bundle;
        this.ground = ground;
        this.verifier = new AirframeVerifier(bundle, policy);
        this.profile = profile;
        this.crls = crls;
    }

    sealed interface Verdict {
        record Admitted(AdmittedAirframe airframe) implements Verdict {}

        record Denied(String code, String reason) implements Verdict {}
    }

    Verdict judge(CertificateChain presented, Hello hello) {
        Optional<FlightLogInfo> log = hello.getLogsList().stream()
                .filter(offered -> offered.getProfile().equals(profile))
                .findFirst();
        if (log.isEmpty()) {
            return new Verdict.Denied("UNKNOWN_PROFILE", "the airframe offers no log of profile " + profile);
        }
        CrlSet known = crls.get();
        FlightEvidence evidence = evidence(presented, hello, log.get(), known.crls());
        AirframeProof proof = verifier.verify(evidence, known);
        if (proof instanceof AirframeProof.Rejected rejected) {
            return new Verdict.Denied(rejected.code(), rejected.reason());
        }
        AirframeProof.Proven proven = (AirframeProof.Proven) proof;
        if (!hello.getSerial().equals(proven.serial())) {
            return new Verdict.Denied("SERIAL_MISMATCH", "Hello says another serial than the certificate");
        }
        if (proven.origin().boot() != hello.getBoot()
                || !proven.origin().profile().equals(profile)) {
            return new Verdict.Denied("WRONG_ORIGIN", "the log's origin is not that of this boot and profile");
        }
        return new Verdict.Admitted(new AdmittedAirframe(proven.serial(), proven.origin(), proven.logKey(), evidence));
    }

    private FlightEvidence evidence(CertificateChain presented, Hello hello, FlightLogInfo log, List<X509CRL> lists) {
        FlightEvidence.Builder evidence = FlightEvidence.newBuilder()
                .setFlightOrigin(log.getOrigin())
                .setTrustBundle(bundle.envelope())
                .addAllIdevidChain(der(presented))
                .setLogKeyEndorsement(hello.getLogKeyEndorsement())
                .addAllGroundChain(der(ground.chain()))
                .addAllCrls(lists.stream().map(AirframeAdmission::der).collect(Collectors.toList()));
        return hello.hasBirth() ? evidence.setBirth(hello.getBirth()).build() : evidence.build();
    }

    private static List<ByteString> der(CertificateChain chain) {
        return chain.toDer().stream().map(ByteString::copyFrom).collect(Collectors.toList());
    }

    private static ByteString der(X509CRL list) {
        return ByteString.copyFrom(Certificates.toDer(list));
    }
}

package io.kryla.bench.load;

import io.kryla.identity.CertificateChain;
import io.kryla.identity.Certificates;
import io.kryla.identity.DocumentResult;
import io.kryla.identity.TrustedBundle;
import io.kryla.v1.Envelope;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What the licensor, who lives among the airframes, gives to the ground: whom to trust, and the ground's certificates. */
record TrustPapers(X509Certificate root, Envelope bundle, CertificateChain ground, List<X509CRL> crls) {
    private static final int MOST_BYTES = 1 << 20;

    void write(DataOutputStream out) throws IOException {
        writeBytes(out, Certificates.toDer(root));
        writeBytes(out, bundle.toByteArray());
        writeAll(out, ground.toDer());
        writeAll(out, crls.stream().map(Certificates::toDer).toList());
    }

    static TrustPapers read(DataInputStream in) throws IOException {
        X509Certificate root = Certificates.fromDer(readBytes(in)).orElseThrow();
        Envelope bundle = Envelope.parseFrom(readBytes(in));
        CertificateChain ground = CertificateChain.fromDer(readAll(in)).orElseThrow();
        List<X509CRL> crls = readAll(in).stream()
                .map(der -> Certificates.crlFromDer(der).orElseThrow())
                .toList();
        return new TrustPapers(root, bundle, ground, crls);
    }

    TrustedBundle open() {
        return ((DocumentResult.Verified<TrustedBundle>) TrustedBundle.open(root, bundle, OptionalLong.empty()))
                .document();
    }

    static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MOST_BYTES) {
            throw new IOException("at most " + MOST_BYTES + " bytes expected, got " + length);
        }
        return in.readNBytes(length);
    }

    private static void writeAll(DataOutputStream out, List<byte[]> all) throws IOException {
        out.writeInt(all.size());
        for (byte[] bytes : all) {
            writeBytes(out, bytes);
        }
    }

    private static List<byte[]> readAll(DataInputStream in) throws IOException {
        List<byte[]> all = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            all.add(readBytes(in));
        }
        return all;
    }
}

package io.kryla.factory.provisioning;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kryla.factory.ledger.LineLedger;
import io.kryla.identity.CertificateChain;
import io.kryla.keys.Digest;
import io.kryla.keys.VerificationKey;
import io.kryla.v1.CertIssue;
import io.kryla.v1.Envelope;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;

/** What provisioning keeps with a unit in the line's ledger. */
public final class UnitDocuments {
    /** {@code CertIssue} with the chain alone, IDevID first, root last. */
    public static final String IDEVID_CHAIN = "idevid-chain.pb";
    /** {@code Envelope} of the {@code LogKeyEndorsement}. */
    public static final String LOG_KEY_ENDORSEMENT = "log-key-endorsement.pb";
    /** {@code BirthRecord} as far as it is known when the unit is installed: not signed, without a time. */
    public static final String INSTALLATION = "installation.pb";
    /** {@code Envelope} of the {@code BirthRecord}. */
    public static final String BIRTH_RECORD = "birth-record.pb";

    /** Names of what badges signed begin so; a number of three digits follows. */
    private static final String STATEMENT = "statement-";

    private UnitDocuments() {}

    /** Name of the next statement beside those documents. */
    static String statement(SortedSet<String> names) {
        long number = names.stream().filter(name -> name.startsWith(STATEMENT)).count() + 1;
        return STATEMENT + String.format(Locale.ROOT, "%03d", number) + ".dsse";
    }

    /** SHA-256 of the payload of each statement that a badge signed for the unit, in order. */
    static List<Digest> statementDigests(LineLedger ledger, String serial) {
        return ledger.documentNames(serial).stream()
                .filter(name -> name.startsWith(STATEMENT))
                .map(name -> payloadSha256(ledger.document(serial, name).orElseThrow(), serial))
                .toList();
    }

    private static Digest payloadSha256(byte[] envelope, String serial) {
        try {
            return Digest.sha256(Envelope.parseFrom(envelope).getPayload().toByteArray());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the ledger returns the statements of " + serial + " as stored", e);
        }
    }

    /** The chain of a certified unit; empty before. */
    public static Optional<CertificateChain> idevidChain(LineLedger ledger, String serial) {
        return ledger.document(serial, IDEVID_CHAIN).flatMap(stored -> {
            try {
                return CertificateChain.fromDer(CertIssue.parseFrom(stored).getChainList().stream()
                        .map(ByteString::toByteArray)
                        .toList());
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException("the ledger returns the chain of " + serial + " as it was stored", e);
            }
        });
    }

    /** The IDevID key of a certified unit; empty before. */
    public static Optional<VerificationKey> idevidKey(LineLedger ledger, String serial) {
        return idevidChain(ledger, serial)
                .map(chain -> VerificationKey.of(chain.leaf().getPublicKey()));
    }
}

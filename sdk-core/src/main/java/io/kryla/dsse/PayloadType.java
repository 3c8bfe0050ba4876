package io.kryla.dsse;

/** Payload types of Kryla's signed documents: the message, its version and its encoding in one string. */
public final class PayloadType {
    public static final String TRUST_BUNDLE = of("trust-bundle");
    public static final String LICENSE = of("license");
    public static final String FIRMWARE_MANIFEST = of("firmware-manifest");
    public static final String LOG_KEY_ENDORSEMENT = of("log-key-endorsement");
    public static final String BIRTH_RECORD = of("birth-record");
    public static final String UNIT_FLIGHT_STATEMENT = of("unit-flight-statement");
    public static final String RECORDING_STATEMENT = of("recording-statement");
    public static final String ACCEPTANCE_RECORD = of("acceptance-record");
    public static final String FILE_MANIFEST = of("file-manifest");
    public static final String EXPORT_AUTHORISATION = of("export-authorisation");
    public static final String VOUCHER_HEADER = of("voucher-header");
    public static final String VOUCHER_ENTRY = of("voucher-entry");
    public static final String HANDOVER_RECEIPT = of("handover-receipt");
    public static final String BADGE_SIGN_ON = of("badge-sign-on");
    public static final String STEP_STATEMENT = of("step-statement");
    public static final String BADGE_REGISTER = of("badge-register");
    public static final String NAMED_KEY = of("named-key");
    public static final String LINE_REQUEST = of("line-request");
    public static final String LICENSOR_ORDER = of("licensor-order");

    private PayloadType() {}

    /** {@code application/vnd.kryla.<document>.v1+protobuf}, the document in kebab case. */
    public static String of(String document) {
        return "application/vnd.kryla." + document + ".v1+protobuf";
    }
}

package io.kryla.keys;

import java.security.Provider;
import java.security.Security;

/**
 * The JCA provider behind {@link OpaquePrivateKey}, and the one place that installs a provider: last in order, so that
 * nobody's lookup changes, signatures only, with opaque keys only.
 */
final class SignerProvider extends Provider {
    private static final long serialVersionUID = 1L;
    private static final String NAME = "KrylaSigner";

    private SignerProvider() {
        super(NAME, "1", "signs with keys that never leave their Signer");
        putService(new OpaqueSignatureService(this, SignatureAlgorithm.ECDSA_P256_SHA256, "SHA256withECDSA"));
        putService(new OpaqueSignatureService(this, SignatureAlgorithm.ECDSA_P384_SHA384, "SHA384withECDSA"));
    }

    static synchronized void install() {
        if (Security.getProvider(NAME) == null) {
            Security.addProvider(new SignerProvider());
        }
    }

    private static final class OpaqueSignatureService extends Service {
        private final SignatureAlgorithm algorithm;

        OpaqueSignatureService(Provider provider, SignatureAlgorithm algorithm, String jcaName) {
            super(provider, "Signature", jcaName, OpaqueSignature.class.getName(), null, null);
            this.algorithm = algorithm;
        }

        @Override
        public Object newInstance(Object constructorParameter) {
            return new OpaqueSignature(algorithm);
        }

        @Override
        public boolean supportsParameter(Object key) {
            return key instanceof OpaquePrivateKey opaque
                    && opaque.signer().key().algorithm() == algorithm;
        }
    }
}

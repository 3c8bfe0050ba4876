package io.kryla.factory.audit;

import io.kryla.factory.manifest.FolderFiles;
import io.kryla.factory.manifest.PublicFolder;
import io.kryla.identity.Certificates;
import io.kryla.identity.CrlSet;
import io.kryla.identity.LedgerIdentity;
import io.kryla.identity.TrustedBundle;
import io.kryla.keys.Digest;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The CAs below the root and their revocation lists. Each list is checked whether a path needs it or not: a list that
 * nobody looked at could be anything.
 */
final class AuthorityAudit {
    private static final String ROOT = "root";
    private static final String DESIGN = "design";
    private static final String CERTIFICATES = "certificates/";

    private final TrustedBundle bundle;
    private final PublicFolder folder;
    private final Findings findings;
    private final FileAccounts accounts;
    private final Map<String, X509Certificate> authorities = new LinkedHashMap<>();
    private final List<X509CRL> crls = new ArrayList<>();

    AuthorityAudit(TrustedBundle bundle, PublicFolder folder, Findings findings, FileAccounts accounts) {
        this.bundle = bundle;
        this.folder = folder;
        this.findings = findings;
        this.accounts = accounts;
    }

    void verify() {
        authorities.put(ROOT, bundle.root());
        certificate(DESIGN).ifPresent(design -> certify(DESIGN, design, bundle.root()));
        Optional<X509Certificate> design = Optional.ofNullable(authorities.get(DESIGN));
        for (String name : namesBelowDesign()) {
            certificate(name).ifPresent(issued -> design.ifPresent(issuer -> certify(name, issued, issuer)));
        }
        authorities.forEach(this::list);
    }

    /** Two of every line in the bundle; others, such as owners' operations CAs, as far as they are there. */
    private TreeSet<String> namesBelowDesign() {
        TreeSet<String> names = new TreeSet<>();
        TreeSet<String> stations = new TreeSet<>();
        for (LedgerIdentity ledger : bundle.ledgers()) {
            names.add(ledger.line() + "-line");
            names.add(ledger.line() + "-operations");
            stations.add(findings.relative(folder.stationChain(ledger.line())));
        }
        for (String path : FolderFiles.list(folder.root())) {
            String name = path.startsWith(CERTIFICATES) ? path.substring(CERTIFICATES.length()) : "";
            if (name.endsWith(".pem") && name.indexOf('/') < 0 && !stations.contains(path)) {
                names.add(name.substring(0, name.length() - ".pem".length()));
            }
        }
        names.remove(DESIGN);
        names.remove(ROOT);
        return names.size() < CrlSet.MOST ? names : new TreeSet<>(new ArrayList<>(names).subList(0, CrlSet.MOST - 2));
    }

    private Optional<X509Certificate> certificate(String name) {
        Path file = folder.authority(name);
        accounts.enterShared(file);
        return findings.read(file).flatMap(bytes -> {
            Optional<X509Certificate> certificate = Certificates.fromPem(bytes);
            if (certificate.isEmpty()) {
                findings.add(AuditCode.MALFORMED, file, "whole file", "not one certificate in PEM as Kryla writes it");
            }
            return certificate;
        });
    }

    private void certify(String name, X509Certificate untrusted, X509Certificate issuer) {
        if (isIssuedBy(untrusted, issuer)) {
            authorities.put(name, untrusted);
        } else {
            findings.add(
                    AuditCode.PATH, folder.authority(name), "certificate", "not a CA that its authority certified");
        }
    }

    private void list(String name, X509Certificate authority) {
        Path file = folder.crl(name);
        accounts.enterShared(file);
        findings.read(file).ifPresent(bytes -> {
            Optional<X509CRL> crl = Certificates.crlFromDer(bytes);
            if (crl.isEmpty()) {
                findings.add(AuditCode.MALFORMED, file, "whole file", "not a revocation list");
            } else if (isListOf(crl.get(), authority)) {
                crls.add(crl.get());
            } else {
                findings.add(AuditCode.CRL_SIGNATURE, file, "signature", "not a list that this authority signed");
            }
        });
    }

    private static boolean isIssuedBy(X509Certificate untrusted, X509Certificate issuer) {
        boolean[] usage = untrusted.getKeyUsage();
        try {
            untrusted.verify(issuer.getPublicKey());
            return untrusted.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())
                    && untrusted.getBasicConstraints() >= 0
                    && usage != null
                    && usage[5];
        } catch (GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }

    private static boolean isListOf(X509CRL untrusted, X509Certificate authority) {
        try {
            untrusted.verify(authority.getPublicKey());
            return untrusted.getIssuerX500Principal().equals(authority.getSubjectX500Principal());
        } catch (GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }

    /** The newest list of each authority, every one signed by it. */
    List<X509CRL> crls() {
        return crls;
    }

    /** Whether one of the authorities has the key. */
    boolean certified(Digest keySha256) {
        return authorities.values().stream()
                .anyMatch(authority ->
                        Digest.sha256(authority.getPublicKey().getEncoded()).equals(keySha256));
    }

    /** Whether one of the authorities signed the list; an older one than that in the folder does, too. */
    boolean signed(X509CRL untrusted) {
        return crls.contains(untrusted)
                || authorities.values().stream().anyMatch(authority -> isListOf(untrusted, authority));
    }
}

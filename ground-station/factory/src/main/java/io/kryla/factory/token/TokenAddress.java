package io.kryla.factory.token;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which token: a PKCS#11 URI (RFC 7512) such as
 * {@code pkcs11:slot-id=1730321442?module-path=/usr/lib/softhsm/libsofthsm2.so}.
 *
 * @param modulePath the maker's shared library
 * @param slotId the slot's number in that library, as {@code pkcs11-tool --list-token-slots} shows it
 */
public record TokenAddress(Path modulePath, long slotId) {
    private static final String SCHEME = "pkcs11:";
    private static final String SLOT_ID = "slot-id";
    private static final String MODULE_PATH = "module-path";

    /**
     * @throws TokenException TOKEN_ADDRESS; also when the URI holds a PIN (RFC 7512 §2.3: pin-value), which belongs into a file
     *     of its own, or an attribute that this program would ignore
     */
    public static TokenAddress parse(String uri) {
        if (!uri.startsWith(SCHEME)) {
            throw fault("a PKCS#11 URI expected, it begins with pkcs11:");
        }
        String rest = uri.substring(SCHEME.length());
        int query = rest.indexOf('?');
        Map<String, String> path = attributes(query < 0 ? rest : rest.substring(0, query), ";");
        Map<String, String> options = attributes(query < 0 ? "" : rest.substring(query + 1), "&");
        requireOnly(path, Set.of(SLOT_ID));
        requireOnly(options, Set.of(MODULE_PATH));
        String module = options.getOrDefault(MODULE_PATH, "");
        if (!Path.of(module).isAbsolute()) {
            throw fault("module-path: the absolute path of the token's PKCS#11 library expected, got '" + module + "'");
        }
        return new TokenAddress(Path.of(module), slot(path.getOrDefault(SLOT_ID, "")));
    }

    private static long slot(String text) {
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            throw fault("slot-id: the slot's number expected, as pkcs11-tool --list-token-slots shows it, got '" + text
                    + "'");
        }
    }

    private static Map<String, String> attributes(String text, String separator) {
        Map<String, String> found = new HashMap<>();
        for (String attribute : text.split(separator)) {
            if (attribute.isEmpty()) {
                continue;
            }
            int equals = attribute.indexOf('=');
            String name = equals < 0 ? attribute : attribute.substring(0, equals);
            if (equals < 0 || found.put(name, decode(name, attribute.substring(equals + 1))) != null) {
                throw fault(name + ": one value expected");
            }
        }
        return found;
    }

    /** RFC 3986 percent-encoding, in which a plus sign is itself. */
    private static String decode(String name, String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw fault(name + ": broken percent-encoding");
        }
    }

    private static void requireOnly(Map<String, String> attributes, Set<String> known) {
        for (String name : attributes.keySet()) {
            if (name.startsWith("pin-")) {
                throw fault(name + ": a PIN does not belong into the address; give it in a file of its own");
            }
            if (!known.contains(name)) {
                throw fault(name + ": not an attribute that chooses a token here; slot-id and module-path are");
            }
        }
    }

    private static TokenException fault(String what) {
        return new TokenException(
                TokenException.TOKEN_ADDRESS,
                "token address: " + what + "; write pkcs11:slot-id=NUMBER?module-path=/path/of/module.so",
                false);
    }

    @Override
    public String toString() {
        return "pkcs11:slot-id=" + Long.toUnsignedString(slotId) + "?module-path=" + modulePath;
    }
}

package io.kryla.factory.token;

import java.util.ArrayList;
import java.util.List;

/**
 * Which key of which token: a PKCS#11 URI (RFC 7512) as {@link TokenAddress} takes it, with the key's name as {@code object}
 * in its path, such as {@code pkcs11:slot-id=7;object=badge?module-path=/usr/lib/softhsm/libsofthsm2.so}.
 *
 * @param key the key's name in the token
 */
public record TokenKeyAddress(TokenAddress token, String key) {
    private static final String SCHEME = "pkcs11:";
    private static final String OBJECT = "object=";
    private static final String NAME = "[A-Za-z0-9.-]{1,64}";

    public TokenKeyAddress {
        if (!key.matches(NAME)) {
            throw fault("object: 1 to 64 letters, digits, dots, hyphens expected");
        }
    }

    /**
     * @param otherwise the key's name if the URI has no {@code object}
     * @throws TokenException TOKEN_ADDRESS
     */
    public static TokenKeyAddress parse(String uri, String otherwise) {
        if (!uri.startsWith(SCHEME)) {
            throw fault("a PKCS#11 URI expected, it begins with pkcs11:");
        }
        int query = uri.indexOf('?');
        String path = uri.substring(SCHEME.length(), query < 0 ? uri.length() : query);
        List<String> others = new ArrayList<>();
        List<String> objects = new ArrayList<>();
        for (String attribute : path.split(";", -1)) {
            if (attribute.startsWith(OBJECT)) {
                objects.add(attribute.substring(OBJECT.length()));
            } else {
                others.add(attribute);
            }
        }
        if (objects.size() > 1) {
            throw fault("object: one value expected");
        }
        return new TokenKeyAddress(
                TokenAddress.parse(SCHEME + String.join(";", others) + (query < 0 ? "" : uri.substring(query))),
                objects.isEmpty() ? otherwise : objects.get(0));
    }

    private static TokenException fault(String what) {
        return new TokenException(
                TokenException.TOKEN_ADDRESS,
                "token address: " + what + "; write pkcs11:slot-id=NUMBER;object=KEY?module-path=/path/of/module.so",
                false);
    }

    @Override
    public String toString() {
        return token.toString().replace("?", ";object=" + key + "?");
    }
}

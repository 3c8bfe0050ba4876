package io.kryla.factory.token;

import org.jspecify.annotations.Nullable;

/** Translates what SunPKCS11 passes on of a module's answer (PKCS #11 v2.40 §5.1: CKR_…) into codes. */
final class TokenFault {
    private TokenFault() {}

    static TokenException ofLogin(TokenAddress token, Throwable thrown) {
        String answer = answerOf(thrown);
        if (answer.equals("CKR_PIN_LOCKED")) {
            return new TokenException(
                    TokenException.TOKEN_PIN_LOCKED,
                    token + ": locked after too many wrong PINs; its security officer must set a new one",
                    false,
                    thrown);
        }
        if (answer.startsWith("CKR_PIN_")) {
            return new TokenException(
                    TokenException.TOKEN_PIN_WRONG,
                    token + ": the PIN is wrong; check it before the next try, a few wrong ones lock the token",
                    false,
                    thrown);
        }
        return unreachable(token, answer.isEmpty() ? reasonOf(thrown) : answer, thrown);
    }

    static TokenException unreachable(TokenAddress token, String why, Throwable thrown) {
        return new TokenException(
                TokenException.TOKEN_UNREACHABLE,
                token + ": no token that is set up answers there (" + why
                        + "); check the path of the module, the slot's number and that the token is plugged in",
                true,
                thrown);
    }

    static TokenException failed(TokenAddress token, String what, @Nullable Throwable thrown) {
        String why =
                thrown == null ? "" : " (" + (answerOf(thrown).isEmpty() ? reasonOf(thrown) : answerOf(thrown)) + ")";
        TokenException failed = new TokenException(
                TokenException.TOKEN_FAILED,
                token + ": " + what + why + "; plug the token in again and reopen it",
                true);
        if (thrown != null) {
            failed.initCause(thrown);
        }
        return failed;
    }

    /** The module's own code; empty when it gave none. */
    private static String answerOf(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            String message = String.valueOf(t.getMessage());
            if (message.startsWith("CKR_")) {
                return message;
            }
        }
        return "";
    }

    static String reasonOf(Throwable thrown) {
        Throwable deepest = thrown;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage()).lines().findFirst().orElse("");
    }
}

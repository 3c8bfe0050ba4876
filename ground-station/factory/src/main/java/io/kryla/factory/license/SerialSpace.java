package io.kryla.factory.license;

import java.util.Optional;

/**
 * The serial numbers of one license: a fixed prefix and a counter (ANSI/CTA-2063-A).
 *
 * <p>A serial is a 4-character maker code, one character for the length of the rest (1–9, A–F for 10–15), and that many
 * characters of 0–9 and A–Z without O and I. The prefix fixes maker code, length and the first characters of the rest;
 * the counter fills what is left, in base 34 with leading zeros.
 */
public final class SerialSpace {
    static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    private static final String LENGTHS = "123456789ABCDEF";
    private static final int MAKER_CODE_LENGTH = 4;
    private static final int HEADER_LENGTH = MAKER_CODE_LENGTH + 1;

    private final String prefix;
    private final int counterDigits;

    private SerialSpace(String prefix, int counterDigits) {
        this.prefix = prefix;
        this.counterDigits = counterDigits;
    }

    /** The space of a prefix that the caller trusts. */
    public static SerialSpace of(String prefix) {
        return parse(prefix)
                .orElseThrow(() -> new IllegalArgumentException(
                        "prefix: maker code, length and room for a counter (ANSI/CTA-2063-A) expected, got " + prefix));
    }

    /** Empty if no serial of the standard can begin with the prefix and still leave room for a counter. */
    public static Optional<SerialSpace> parse(String untrusted) {
        if (untrusted.length() < HEADER_LENGTH || !isOfAlphabet(untrusted) || declaredLength(untrusted) < 1) {
            return Optional.empty();
        }
        int counterDigits = HEADER_LENGTH + declaredLength(untrusted) - untrusted.length();
        return counterDigits < 1 ? Optional.empty() : Optional.of(new SerialSpace(untrusted, counterDigits));
    }

    /** Whether the text is a whole serial number of the standard. */
    public static boolean isSerial(String text) {
        return text.length() > HEADER_LENGTH
                && isOfAlphabet(text)
                && declaredLength(text) == text.length() - HEADER_LENGTH;
    }

    public String prefix() {
        return prefix;
    }

    /** Whether the text is a serial number of the standard under this prefix. */
    public boolean contains(String serial) {
        return isSerial(serial) && serial.startsWith(prefix);
    }

    /** How many serials there are; {@link Long#MAX_VALUE} if more than that. */
    public long size() {
        double size = StrictMath.pow(ALPHABET.length(), counterDigits);
        return size >= Long.MAX_VALUE ? Long.MAX_VALUE : (long) size;
    }

    /** The serial with the given counter, from 1. */
    public String serial(long number) {
        if (number < 1 || number >= size()) {
            throw new IllegalArgumentException("number: 1 to " + (size() - 1) + " expected, got " + number);
        }
        char[] digits = new char[counterDigits];
        long rest = number;
        for (int i = counterDigits - 1; i >= 0; i--) {
            digits[i] = ALPHABET.charAt((int) (rest % ALPHABET.length()));
            rest /= ALPHABET.length();
        }
        return prefix + new String(digits);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SerialSpace && prefix.equals(((SerialSpace) other).prefix);
    }

    @Override
    public int hashCode() {
        return prefix.hashCode();
    }

    @Override
    public String toString() {
        return prefix + "…";
    }

    private static int declaredLength(String text) {
        return LENGTHS.indexOf(text.charAt(MAKER_CODE_LENGTH)) + 1;
    }

    private static boolean isOfAlphabet(String text) {
        return text.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
    }
}

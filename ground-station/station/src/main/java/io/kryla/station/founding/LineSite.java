package io.kryla.station.founding;

/**
 * A production line as it is planned.
 *
 * @param line such as {@code DE-01}
 * @param country ISO 3166-1 alpha-2
 * @param licenseOid certificate policy OID of the line's license
 * @param serialPrefix maker code, length and first characters of its serials (ANSI/CTA-2063-A)
 * @param quota units that the license allows
 */
public record LineSite(
        String line, String country, String organisation, String licenseOid, String serialPrefix, int quota) {
    /** Enterprise arc that IANA reserves for documentation. */
    private static final String DOCUMENTATION_ARC = "1.3.6.1.4.1.32473";

    /** A line whose license has the given number in the documentation arc. */
    public static LineSite numbered(int number, String line, String country, int quota) {
        return new LineSite(
                line,
                country,
                "Demo line " + country,
                DOCUMENTATION_ARC + ".2." + number,
                // "ZZZZ" is nobody's maker code; 8 characters follow: line, then a counter.
                "ZZZZ8" + line.replace("-", ""),
                quota);
    }

    public String ledgerOrigin() {
        return "kryla.example/ledger/" + line;
    }
}

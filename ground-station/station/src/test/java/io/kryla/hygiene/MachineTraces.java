package io.kryla.hygiene;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds traces of one machine or network in a text: absolute paths, host names, addresses, proxies, registries. */
final class MachineTraces {
    /** Hosts of published specifications and of namespaces. Everything else that looks like an address is a finding. */
    private static final Set<String> HOSTS = Set.of(
            "maven.apache.org", // POM namespace
            "www.apache.org", // text of the licence
            "www.w3.org", // XML and SVG namespaces
            "json-schema.org",
            "www.rfc-editor.org",
            "datatracker.ietf.org",
            "c2sp.org",
            "mcap.dev",
            "protobuf.dev",
            "github.com", // specifications kept there: DSSE, MCAP
            "example.com", // for documentation (RFC 2606)
            "localhost");

    private static final Pattern URL = Pattern.compile("\\b[a-z][a-z+]*://([A-Za-z0-9.-]+)");

    /** Not {@code /bin/sh}, {@code /usr/bin/env}, {@code /dev/null}, {@code /etc/os-release}, {@code /proc}: every Linux has them. */
    private static final Pattern ABSOLUTE_PATH = Pattern.compile(
            "(?<![\\w.$}*>-])/(?:home|root|Users|work|workspace|tmp|mnt|srv|opt|var|data|build|builds)/[\\w.-]+"
                    + "|\\b[A-Z]:\\\\\\\\?[A-Za-z]");

    private static final Pattern IPV4 =
            Pattern.compile("(?<![\\w.§-])(?<!section )(\\d{1,3}(?:\\.\\d{1,3}){3})(?![\\w.-])");

    /** Loopback, any, and the documentation ranges of RFC 5737; X.500's object identifiers have four numbers too. */
    private static final Pattern FREE_IPV4 = Pattern.compile(
            "127\\..*|0\\.0\\.0\\.0|2\\.5\\.(4|29)\\..*|(192\\.0\\.2|198\\.51\\.100|203\\.0\\.113)\\..*");

    private static final Pattern LOCAL_NAME =
            Pattern.compile("\\b[a-z0-9][a-z0-9-]*\\.(?:internal|intranet|corp|lan|localdomain)\\b(?!\\.[a-z])");

    private static final Pattern PROXY_OR_REGISTRY = Pattern.compile(
            "(?i)\\b(?:https?|no|all)_proxy\\b|proxy[H]ost|<(?:proxy|mirror|mirrorOf)>|\"resolved\"\\s*:|^\\s*registry\\s*=|index[-]url");

    private static final Pattern VERSION_LINE = Pattern.compile("<[\\w.-]*version>.*</[\\w.-]*version>");

    private MachineTraces() {}

    /** One finding a line and kind: {@code line N: kind: what}. */
    static List<String> in(String text) {
        List<String> findings = new ArrayList<>();
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String at = "line " + (i + 1) + ": ";
            String line = lines[i];
            forEach(URL, line, match -> {
                if (!HOSTS.contains(match.group(1).toLowerCase(Locale.ROOT)) && !free(match.group(1))) {
                    findings.add(at + "address of a host that is no specification's: " + match.group());
                }
            });
            forEach(ABSOLUTE_PATH, line, match -> findings.add(at + "path of one machine: " + match.group()));
            forEach(LOCAL_NAME, line, match -> findings.add(at + "name of a host: " + match.group()));
            forEach(PROXY_OR_REGISTRY, line, match -> findings.add(at + "proxy or registry: " + match.group()));
            if (!VERSION_LINE.matcher(line).find()) {
                forEach(IPV4, line, match -> {
                    if (address(match.group(1)) && !free(match.group(1))) {
                        findings.add(at + "IP address: " + match.group());
                    }
                });
            }
        }
        return findings;
    }

    private static boolean address(String dotted) {
        for (String part : dotted.split("\\.")) {
            if (Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    private static boolean free(String host) {
        return FREE_IPV4.matcher(host).matches();
    }

    private interface Found {
        void in(Matcher match);
    }

    private static void forEach(Pattern pattern, String line, Found found) {
        Matcher matcher = pattern.matcher(line);
        while (matcher.find()) {
            found.in(matcher);
        }
    }
}

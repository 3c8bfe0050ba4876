package io.kryla.hil.geomagnetism;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The model's coefficients in the layout of its official file: a line with the epoch, then degree, order, g and h in nT,
 * and their change in nT a year. The data are in the public domain (NOAA NCEI and British Geological Survey, 2024).
 */
final class GaussCoefficients {
    static final int DEGREE = 12;

    final double epochYear;
    final double[][] g = new double[DEGREE + 1][DEGREE + 1];
    final double[][] h = new double[DEGREE + 1][DEGREE + 1];
    final double[][] gPerYear = new double[DEGREE + 1][DEGREE + 1];
    final double[][] hPerYear = new double[DEGREE + 1][DEGREE + 1];

    private GaussCoefficients(BufferedReader lines) throws IOException {
        epochYear = Double.parseDouble(wordsOf(lines)[0]);
        int rows = DEGREE * (DEGREE + 3) / 2;
        for (int row = 0; row < rows; row++) {
            String[] words = wordsOf(lines);
            int n = Integer.parseInt(words[0]);
            int m = Integer.parseInt(words[1]);
            g[n][m] = Double.parseDouble(words[2]);
            h[n][m] = Double.parseDouble(words[3]);
            gPerYear[n][m] = Double.parseDouble(words[4]);
            hPerYear[n][m] = Double.parseDouble(words[5]);
        }
    }

    static GaussCoefficients load(String resource) {
        try (InputStream in = GaussCoefficients.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing from the jar");
            }
            return new GaussCoefficients(new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String[] wordsOf(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        if (line == null) {
            throw new IllegalStateException("the coefficients end early");
        }
        return line.strip().split("\\s+");
    }
}

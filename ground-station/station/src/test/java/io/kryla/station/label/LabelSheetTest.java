package io.kryla.station.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

class LabelSheetTest {
    private static final String CODE =
            "urn:kryla:airframe:ZZZZ8DE010001:4f9a0c7d2b1e3f5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2";
    private static final LabelSheet SHEET = new LabelSheet(CODE, "ZZZZ8DE010001", "DE-01");

    @Test
    void thePngScansBackToTheText() {
        assertThat(LabelScan.text(SHEET.png())).contains(CODE);
    }

    @Test
    void thePdfScansBackAtTheDotsOfAnOrdinaryLabelPrinter() throws IOException {
        try (PDDocument document = Loader.loadPDF(SHEET.pdf())) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            assertThat(LabelScan.text(new PDFRenderer(document).renderImageWithDPI(0, 203)))
                    .contains(CODE);
        }
    }

    @Test
    void thePdfSaysSerialAndLineToPeople() throws IOException {
        try (PDDocument document = Loader.loadPDF(SHEET.pdf())) {
            assertThat(new PDFTextStripper().getText(document).split("\\R"))
                    .containsSubsequence("ZZZZ", "8DE0", "1000", "1")
                    .contains("DE-01");
        }
    }

    @Test
    void aPictureWithoutACodeAndNoPictureAreNotRead() {
        assertThat(LabelScan.text(new byte[] {1, 2, 3})).isEmpty();
        assertThat(LabelScan.text(new byte[0])).isEmpty();
    }

    @Test
    void refusesWhatPeopleCouldNotRead() {
        assertThatThrownBy(() -> new LabelSheet(CODE, "", "DE-01")).hasMessageContaining("serial");
        assertThatThrownBy(() -> new LabelSheet(CODE, "ZZZZ", "Ы")).hasMessageContaining("line");
    }
}

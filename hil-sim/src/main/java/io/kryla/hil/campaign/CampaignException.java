package io.kryla.hil.campaign;

import io.kryla.keys.KrylaException;

/**
 * A campaign that cannot go on. Codes: {@code CAMPAIGN_CHANGED}, {@code CAMPAIGN_BUSY}, {@code RESULTS_INVALID}, {@code
 * RESULTS_NOT_WRITTEN}.
 */
public final class CampaignException extends KrylaException {
    private static final long serialVersionUID = 1L;

    CampaignException(String code, String message) {
        super(code, message, false);
    }

    CampaignException(String code, String message, Throwable cause) {
        super(code, message, false, cause);
    }
}

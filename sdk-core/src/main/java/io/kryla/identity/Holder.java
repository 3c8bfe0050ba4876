package io.kryla.identity;

import java.util.Optional;

/**
 * Whom a leaf certificate names: an airframe by its serial, a station or an operator by the id of station or card, never
 * a person by name.
 *
 * @param id subject serialNumber of an IDevID, commonName of an operations certificate
 * @param organisation subject O: the party that owns it
 * @param unit subject OU: the production line, where there is one
 * @param designOid type of the hardware module, of an IDevID alone
 * @param personId subject serialNumber of an operator: chosen at random for a person, the same on every card of that person
 */
public record Holder(
        String id, String organisation, Optional<String> unit, Optional<String> designOid, Optional<String> personId) {}

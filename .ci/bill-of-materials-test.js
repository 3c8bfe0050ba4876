// Each published artifact's bill of materials names exactly what a project gets that depends on it, and the station's exactly
// what lies in its lib folder: by name, version and SHA-256.
//   node bill-of-materials-test.js SDK STATION_BILL STATION_LIB < "ARTIFACT FILE..." a line each
const crypto = require("crypto");
const fs = require("fs");
const path = require("path");

const [sdk, stationBill, stationLib] = process.argv.slice(2);
const sha256 = (file) => crypto.createHash("sha256").update(fs.readFileSync(file)).digest("hex");

function listed(file) {
  const bill = JSON.parse(fs.readFileSync(file, "utf8"));
  return bill.components
    .map((part) => (part.hashes || []).find((hash) => hash.alg === "SHA-256")?.content + " " + part.name + " " + part.version)
    .sort();
}

// hash and file name: a component is found by its hash, its name and version must be those of the file.
function compare(what, bill, jars) {
  const shipped = jars.map((jar) => [sha256(jar), path.basename(jar)]).sort();
  const lines = listed(bill);
  const missing = shipped.filter(([hash, name]) =>
    !lines.some((line) => line.startsWith(hash + " ") && name.startsWith(line.split(" ").slice(1).join("-"))));
  const surplus = lines.filter((line) => !shipped.some(([hash]) => line.startsWith(hash + " ")));
  for (const [, name] of missing) console.log(`bill-of-materials-test: ${what}: ships ${name}, which is not listed`);
  for (const line of surplus) console.log(`bill-of-materials-test: ${what}: lists ${line}, which is not shipped`);
  return shipped.length > 0 && missing.length + surplus.length === 0;
}

let good = true;
for (const line of fs.readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const [artifact, ...jars] = line.split(" ").filter(Boolean);
  const home = path.join(sdk, "io/kryla", artifact);
  const version = fs.readdirSync(home)[0];
  good = compare(artifact, path.join(home, version, `${artifact}-${version}-cyclonedx.json`), jars) && good;
}
const jars = fs.readdirSync(stationLib).map((name) => path.join(stationLib, name));
good = compare("kryla-station", stationBill, jars) && good;
process.exit(good ? 0 : 1);

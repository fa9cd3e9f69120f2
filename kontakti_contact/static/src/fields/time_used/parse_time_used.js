/** A whole number without a unit, from this one up, is minutes. */
const LEAST_MINUTES = 5;
const NUMBER = "(\\d{1,7}(?:[.,]\\d{1,6})?)";
const HOURS = "(?:h|hrs?|hours?|t|tunti|tuntia|tim|timme|timmar)\\.?";
const MINUTES = "(?:m|mins?|minutes?|minuutti|minuuttia|minut|minuter)\\.?";
const CLOCK = /^(\d{0,4}):([0-5]\d)(?::([0-5]\d))?$/;
const BARE = new RegExp(`^${NUMBER}$`);
const ONLY_MINUTES = new RegExp(`^${NUMBER} ?${MINUTES}$`);
const WITH_HOURS = new RegExp(`^${NUMBER} ?${HOURS}(?: ?${NUMBER} ?(?:${MINUTES})?)?$`);

const toNumber = (text) => Number((text || "0").replace(",", "."));
const isWhole = (text) => /^\d+$/.test(text);

/**
 * Read the time used as people write it; `tools/time_used.py` reads the same, and the
 * table of examples that tests both is `static/tests/fields/time_used_examples.js`.
 *
 * @param {string} text such as "12" and "12 min" (minutes), "1,5", "1 h 30", "0:12"
 * @returns {number} hours
 * @throws {Error} when it is anything else
 */
export function parseTimeUsed(text) {
    const plain = text.toLowerCase().replace(/\s+/g, " ").trim();
    if (!plain) {
        return 0;
    }
    let found = plain.match(CLOCK);
    if (found) {
        const [hours, minutes, seconds] = found.slice(1).map(toNumber);
        return hours + minutes / 60 + seconds / 3600;
    }
    found = plain.match(BARE);
    if (found) {
        const number = toNumber(plain);
        return isWhole(plain) && number >= LEAST_MINUTES ? number / 60 : number;
    }
    found = plain.match(ONLY_MINUTES);
    if (found) {
        return toNumber(found[1]) / 60;
    }
    found = plain.match(WITH_HOURS);
    if (found) {
        return toNumber(found[1]) + toNumber(found[2]) / 60;
    }
    throw new Error(`"${text}" is no time`);
}

"""Counts of a country in words: a number, or which kind of nothing stands in its place."""

from mapping.analysis.country_profile import NOTHING, CountryProfile
from mapping.words import Words


def count_words(count: int, state: str, words: Words) -> str:
    """Return a count; where it is none, whether anybody looked."""
    return words.number(count) if count or state not in NOTHING else words.text(NOTHING[state])


def role_words(profile: CountryProfile, words: Words) -> dict[str, str]:
    """Return each role -> "Trial sites 5" or "Partners not assessed"."""
    return {role.role: f"{role.label} {count_words(role.count, role.state, words)}" for role in profile.roles}


def map_words(profile: CountryProfile, words: Words) -> str:
    """Return what the map of a country shows for readers who do not see it."""
    roles = "; ".join(role_words(profile, words).values())
    return words.text("Map of the sites in {country}: {roles}.", country=profile.name, roles=roles)


def profile_facts(profile: CountryProfile, words: Words) -> list[tuple[str, str]]:
    """Return what is counted in a country, each with its name."""
    solutions = len(profile.solutions)
    return [
        *((role.label, count_words(role.count, role.state, words)) for role in profile.roles),
        (words.text("Trials with a site here"), count_words(profile.trials, profile.trials_state, words)),
        (
            words.text("Figures about obstacles"),
            count_words(profile.obstacle_figures, profile.obstacle_state, words),
        ),
        (words.text("Solutions in place"), count_words(solutions, "not_assessed", words)),
    ]

"""One country on one page, two or three side by side, and every figure of all of them."""

from pages.parts import cached, countries_profile, countries_ranking, embed, header, link, picture_list

atlas = cached.atlas()
view, dropped = link.view_of(atlas)
words = cached.words(view.lang)
profiles = countries_profile.profiles(atlas, view, words)

headline = countries_profile.headline(atlas, profiles, words)
pictures = {
    "profile": lambda: countries_profile.show(atlas, view, profiles, words),
    "ranking": lambda: countries_ranking.show(atlas, view, words),
}
embed.alone(headline, atlas, view, words, pictures)
header.show(headline, atlas, dropped, words)
countries_profile.choice(atlas, view, words)
countries_profile.warning(atlas, profiles, words)
countries_profile.show(atlas, view, profiles, words)
countries_ranking.show(atlas, view, words)
picture_list.show("countries", atlas, view, words)

"""Present: prepared stories and one's own, step by step on a screen, with notes in a second window."""

from pages.parts import cached, link, present_mine, present_notes, present_stage, present_stories, present_story

atlas = cached.atlas()
view, dropped = link.view_of(atlas)
words = cached.words(view.lang)
story = present_story.opened(atlas, view)

if view.notes:
    present_notes.show(atlas, view, story, words)
elif story:
    present_stage.show(atlas, view, story, words)
else:
    present_stories.head(atlas, view, dropped, words)
    present_stories.show(atlas, view, words)
    present_mine.show(atlas, view, words)

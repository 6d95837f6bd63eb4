"""The page itself: plain HTML, readable without pictures, in light and in dark."""

from __future__ import annotations

import html

from docs.gallery.source.parts import GalleryRow, Section
from docs.gallery.source.studio import AudioPlayer
from rt.offline.griffin_lim import USUAL_ITERATIONS

STYLE = """
:root { color-scheme: light dark; --ink: #1c1c1e; --paper: #fdfdfb; --faint: #6a6a70; --line: #d9d9d4;
  --link: #0b57a4; --shade: 1; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ececee; --paper: #141416; --faint: #a3a3ab; --line: #34343a; --link: #8bbcf2;
    --shade: .85; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem; max-width: 76rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; }
a { color: var(--link); }
h1 { margin: 0; font-size: 1.8rem; }
h2 { margin: 3rem 0 .3rem; padding-top: .8rem; border-top: 1px solid var(--line); font-size: 1.35rem; }
h3 { margin: 1.6rem 0 .4rem; font-size: 1.05rem; }
p { margin: .4rem 0; max-width: 48rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; margin: 1rem 0; padding: 0; list-style: none; }
pre { margin: .5rem 0; overflow-x: auto; font-size: .8rem; color: var(--faint); }
.row { display: grid; grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr)); gap: 1rem; }
.row.pairs { grid-template-columns: repeat(auto-fill, minmax(21rem, 1fr)); }
figure { margin: 0; min-width: 0; }
figcaption { font-size: .85rem; }
figcaption span, p.measured { color: var(--faint); font-size: .8rem; }
img { display: block; width: 100%; height: auto; border: 1px solid var(--line); }
img.wide { margin-top: .8rem; max-width: 62rem; filter: brightness(var(--shade)); }
audio { display: block; width: 100%; height: 2.4rem; margin-top: .3rem; }
footer { margin-top: 3rem; padding-top: .8rem; border-top: 1px solid var(--line); font-size: .85rem; }
"""


def page(sections: list[Section], *, model: str) -> str:
    """All of it; model : which bundle made the sounds."""
    links = "".join(f'<li><a href="#{section.key}">{section.title}</a></li>' for section in sections)
    paper, refined = (USUAL_ITERATIONS[phase] for phase in ("nsgt", "refined"))
    body = "\n".join(_section(section) for section in sections)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>latent-bridge: the demonstrations</title>
<style>{STYLE}</style>
</head>
<body>
<header>
<h1>latent-bridge: the demonstrations</h1>
<p>One latent space, both directions. These are the demonstrations of Chemla-Romeu-Santos, Ntalampiras, Esling, Haus
and Assayag, <cite>Cross-modal variational inference for bijective signal-symbol translation</cite> (DAFx 2019), made
with latent-bridge and its shipped model. <em>The paper's method</em> finds phases by {paper} iterations of Griffin-Lim
on the whole sound, from random phases; <em>as played live</em> is the sound of the instrument under your fingers, with
no look-ahead; <em>refined offline</em> goes on from there for {refined} iterations. All sound the same frames.</p>
<nav aria-label="Demonstrations"><ul>{links}</ul></nav>
</header>
<main>
{body}
</main>
<footer>
<p>Sounds are brought to one level, at 24 kHz. Pictures: the model's 410 bands, 60 dB deep. The phrases are ours.</p>
<p>Originals are played by the soundfont MuseScore General (MIT; adaptation © 2018-2021 S. Christian Collins, Fluid Mono
© 2014-2017 Michael Cowgill, Fluid © 2000-2002, 2008 Frank Wen), from whose single notes the model learned all
instruments but the piano. Its piano learned from the Salamander Grand Piano V3 by Alexander Holm (CC BY 3.0).</p>
<p>{html.escape(model)} Made anew by <code>make gallery</code>; the same model gives the same files.</p>
</footer>
</body>
</html>
"""


def _section(section: Section) -> str:
    commands = "\n".join(html.escape(command) for command in section.commands)
    rows = "\n".join(_row(section, row) for row in section.rows)
    return f"""<section id="{section.key}" aria-labelledby="{section.key}-title">
<h2 id="{section.key}-title">{section.title}</h2>
<p>{section.text}</p>
<pre tabindex="0">{commands}</pre>
{rows}
</section>"""


def _row(section: Section, row: GalleryRow) -> str:
    pairs = " pairs" if len(row.players) > 4 else ""
    players = "\n".join(_player(player) for player in row.players)
    found = f'<h3>{row.name}</h3>\n<div class="row{pairs}">\n{players}\n</div>'
    if row.text:
        found += f'\n<p class="measured">{html.escape(row.text)}</p>'
    if row.picture:
        found += f'\n<img class="wide" src="{row.picture}" alt="{html.escape(row.what)}" loading="lazy">'
    return found


def _player(player: AudioPlayer) -> str:
    what = html.escape(player.what, quote=True)
    note = f" <span>{html.escape(player.note)}</span>" if player.note else ""
    return (
        f'<figure><img src="{player.picture}" alt="Spectrogram: {what}" width="320" height="150" loading="lazy">'
        f"<figcaption>{html.escape(player.title)}{note}</figcaption>"
        f'<audio controls preload="none" src="{player.sound}" aria-label="{what}"></audio></figure>'
    )

"""How the map looks: its style sheet, which its own policy names by digest."""

from __future__ import annotations

import hashlib
from base64 import b64encode

# The colours are those of `site.css`; a picture cannot read a page's properties.
STYLE = "".join(
    line.strip()
    for line in """
svg{--paper:#fdfcfa;--land:#e9e2de;--ink:#1f1a1d;--soft:#5e555a;
--act:#8c1a56;--won:#17633f}
@media (prefers-color-scheme:dark){svg{--paper:#171416;--land:#322a2e;--ink:#f0eaec;
--soft:#b8adb2;--act:#f3a0c6;--won:#84d3a8}}
.paper{fill:var(--paper)}
.land{fill:var(--land)}
stop{stop-color:var(--act)}
.way,.end{fill:none;vector-effect:non-scaling-stroke;stroke-linejoin:round}
.way{stroke-width:.75}
.end{stroke-linecap:round;stroke-width:2.8}
.active,.confirmed{stroke:var(--act)}
.way.active{stroke:url(#fade)}
.way.confirmed{stroke-width:1.6}
.end.confirmed{stroke-width:5}
.unknown{stroke:var(--soft)}
.way.unknown{stroke-dasharray:1 3;stroke-opacity:.8}
.under_review,.suspended{stroke:var(--ink)}
.way.under_review{stroke-dasharray:7 4;stroke-width:1.2}
.way.suspended{stroke-dasharray:3 3;stroke-width:1.2}
.ended,.lapsed{stroke:var(--won)}
.way.ended{stroke-width:1.4}
.way.lapsed{stroke-width:1.5;stroke-dasharray:10 4}
.end.ended,.end.lapsed{stroke-linecap:square;stroke-width:5}
.end.china{stroke:var(--soft);stroke-width:1.6}
.fitted .way{stroke-width:1}
.fitted .way:is(.ended,.confirmed){stroke-width:2}
.fitted .end{stroke-width:4}
.fitted .end:is(.ended,.lapsed,.confirmed){stroke-width:6}
.fitted .end.china{stroke-width:3}
.frame{fill:none;stroke:var(--soft);vector-effect:non-scaling-stroke}
.few .way{stroke-width:1.5;stroke-opacity:1}
.few .way.active{stroke:var(--act)}
.few .way:is(.ended,.confirmed){stroke-width:3}
.few .end,.few .end.china{stroke-width:6}
.few .end.ended,.few .end.lapsed{stroke-width:8}
text{font:600 18px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",
"Noto Sans CJK HK",sans-serif;
fill:var(--ink);stroke:var(--paper);stroke-width:4px;stroke-linejoin:round;
paint-order:stroke}
.number{font-weight:400;fill:var(--soft)}
@media (max-width:640px){
.world .way{stroke-width:.4}
.world .way:is(.ended,.confirmed){stroke-width:.9}
.world .end{stroke-width:1.2}
.world .end:is(.ended,.lapsed,.confirmed){stroke-width:2.4}
.world .end.china{stroke-width:.7}
.world text{font-size:44px;stroke-width:10px}
.fitted text{font-size:25px}
.minor{display:none}
}
@media print{svg{--paper:#fff;--land:#e4e4e4;--ink:#000;--soft:#333;
--act:#777;--won:#000}}
""".splitlines()
)

DIGEST = b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()

# The site's own policy allows no style inside a document; this picture has one.
POLICY = "; ".join(
    (
        "default-src 'none'",
        f"style-src 'sha256-{DIGEST}'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)

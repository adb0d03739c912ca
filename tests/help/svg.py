"""svg.py WHAT FILE: what is to be seen in an SVG that gnuplot has drawn, alone or in a page.

texts     each text, in order
strokes   for each thing drawn, the points of each line of it, without the sample in the legend
dots      for each thing drawn, the number of its points
bars      the heights of bars, in hundredths of the highest one
outside   texts that leave the picture, or touch another, in a font whose letters are as wide as in Verdana
safe      what could run or fetch anything: nothing is good"""
import re
import sys
from html.parser import HTMLParser
from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
KNOWN = set("svg title desc g rect defs circle path use filter feFlood feComposite text polygon".split())

what, name = sys.argv[1:]
whole = open(name, encoding="utf-8").read()
root = ElementTree.fromstring(whole[whole.index("<svg"):whole.rindex("</svg>") + 6])


def pairs(text):
    return [tuple(map(float, p)) for p in re.findall(r"(-?[\d.]+),(-?[\d.]+)", text)]


def paths(element):
    for path in element.iter(SVG + "path"):
        for part in path.get("d").split("M")[1:]:
            yield pairs(part)


def area():
    """Left, top, right and bottom of what the axes enclose: of the frame, drawn last."""
    frame = [p for path in root.iter(SVG + "path") if "153" in path.get("stroke", "") for p in pairs(path.get("d"))]
    x, y = [p[0] for p in frame[-6:]], [p[1] for p in frame[-6:]]
    return min(x) - 0.1, min(y) - 0.1, max(x) + 0.1, max(y) + 0.1


def inside(point):
    left, top, right, bottom = area()
    return left <= point[0] <= right and top <= point[1] <= bottom


def plots():
    return [g for g in root.iter(SVG + "g") if (g.get("id") or "").startswith("gnuplot_plot_")]


def boxes():
    """Left, top, right and bottom of texts that are not slanted, and the text."""
    for g in root.iter(SVG + "g"):
        for text in g.findall(SVG + "text"):
            where, size = g.get("transform"), float(g.get("font-size"))
            x, y = pairs(where)[0]
            long = sum(0.37 if c in ".,:- " else 0.64 for c in text.text.strip()) * size
            before = {"start": 0, "middle": long / 2, "end": long}[g.get("text-anchor")]
            if "rotate(-90" in where:
                yield x - 0.8 * size, y - long + before, x + 0.2 * size, y + before, text.text
            elif "rotate" not in where:
                yield x - before, y - 0.8 * size, x - before + long, y + 0.2 * size, text.text


class Page(HTMLParser):
    policy = False

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag in ("script", "iframe", "object", "embed", "link", "img", "a", "base", "form"):
            print(tag)
        if any(a.startswith("on") for a in attributes):
            print(tag, attributes)
        if attributes.get("http-equiv") == "Content-Security-Policy":
            self.policy = attributes["content"].startswith("default-src 'none';")


if what == "texts":
    for text in root.iter(SVG + "text"):
        print(text.text)
elif what == "strokes":
    for g in plots():
        print(*(len(p) for p in paths(g) if len(p) > 1 and inside(p[0])))
elif what == "dots":
    for g in plots():
        print(sum(inside(pairs(u.get("transform"))[0]) for u in g.iter(SVG + "use")))
elif what == "bars":
    shown = [pairs(p.get("points")) for g in plots() for p in g.iter(SVG + "polygon")]
    high = [max(y for _, y in p) - min(y for _, y in p) for p in shown if inside(p[0])]
    print(*(round(100 * h / max(high)) for h in high))
elif what == "outside":
    width, height = map(float, root.get("viewBox").split()[2:])
    taken = []
    for box in boxes():
        left, top, right, bottom, text = box
        if left < 0 or top < 0 or right > width or bottom > height:
            print("outside:", text)
        for l, t, r, b, other in taken:
            if l < right and left < r and t < bottom and top < b:
                print("in each other:", other, "and", text)
        taken.append(box)
elif what == "safe":
    for e in root.iter():
        if e.tag.replace(SVG, "") not in KNOWN:
            print(e.tag)
        for attribute, value in e.attrib.items():
            if attribute.startswith("on") or (attribute == HREF and not value.startswith("#")) or "url" in value:
                print(e.tag, attribute, value)
    page = Page()
    page.feed(whole)
    if name.endswith(".html") and not page.policy:
        print("no policy")

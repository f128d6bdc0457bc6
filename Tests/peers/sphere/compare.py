"""Regions on the sphere: ours beside pgSphere, and an arbiter in 40 digits where they differ or pgSphere refuses.

compare.py DRIVER PAIRS PSQL...     PSQL is the command that runs SQL from its standard input.
"""
import math
import random
import subprocess
import sys

import healpix
from arbiter import Circle, Polygon, judge, mpf, pi

NEAR = 1e-9  # degrees: closer to a boundary than this, either answer will do


def offset(lon, lat, angle, distance):
    """The end of a great-circle arc; all in degrees."""
    lat, angle, distance = math.radians(lat), math.radians(angle), math.radians(distance)
    s = math.sin(lat) * math.cos(distance) + math.cos(lat) * math.sin(distance) * math.cos(angle)
    step = math.atan2(math.sin(angle) * math.sin(distance) * math.cos(lat), math.cos(distance) - math.sin(lat) * s)
    return (lon + math.degrees(step)) % 360, math.degrees(math.asin(max(-1, min(1, s))))


def rounded(point):
    return round(point[0], 12) % 360, round(point[1], 12)


class Shapes:
    """Random shapes, a good part of them about the poles and the seam of right ascension."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def center(self):
        r, kind = self.random, self.random.random()
        if kind < 0.15:
            return r.uniform(0, 360), r.choice([-1, 1]) * (90 - 10 ** r.uniform(-4, 0.5))
        if kind < 0.30:
            return r.choice([-1, 1]) * 10 ** r.uniform(-4, 0.5) % 360, math.degrees(math.asin(r.uniform(-1, 1)))
        return r.uniform(0, 360), math.degrees(math.asin(r.uniform(-1, 1)))

    def size(self):
        return 10 ** self.random.uniform(-4, 1.6)

    def polygon(self, center, size):
        """Corners at growing position angles around a point: an outline that does not cross itself, often concave."""
        r = self.random
        while True:
            angles = sorted(r.uniform(0, 360) for _ in range(r.choice([3, 4, 4, 4, 5, 6, 8, 12])))
            gaps = [(b - a) % 360 for a, b in zip(angles, angles[1:] + angles[:1])]
            if 1 < min(gaps) and max(gaps) < 170:
                break
        flat = 1 if r.random() < 0.4 else r.uniform(0.2, 1)
        corners = [rounded(offset(*center, angle, size * r.uniform(flat, 1))) for angle in angles]
        return ("polygon", corners[::-1] if r.random() < 0.5 else corners)

    def band(self):
        """A strip along much of the sky, often with more than half of it in sight from nowhere: too large for pgSphere."""
        r = self.random
        start, length, count = r.uniform(0, 360), r.uniform(150, 330), r.randint(6, 12)
        low, high = r.uniform(-50, -5), r.uniform(5, 50)
        lons = [(start + length * i / count) % 360 for i in range(count + 1)]
        corners = [(lon, low + r.uniform(-2, 2)) for lon in lons] + [(lon, high + r.uniform(-2, 2)) for lon in lons[::-1]]
        tilt = r.uniform(0, 180)
        return ("polygon", [rounded(tilted(c, tilt)) for c in corners])

    def circle(self, center, size):
        return ("circle", [rounded(center)], round(size, 12))

    def near(self, shape, reach):
        """A point near a shape, sometimes on it or at its corner."""
        r = self.random
        corner, kind = r.choice(shape[1]), r.random()
        if kind < 0.05:
            return corner
        return rounded(offset(*corner, r.uniform(0, 360), reach * 10 ** r.uniform(-3, 0.3)))

    def pair(self):
        """A question and two shapes for it."""
        r = self.random
        center, size = self.center(), self.size()
        a = self.band() if r.random() < 0.03 else self.polygon(center, size)
        kind = r.random()
        if kind < 0.3:
            return r.choice(["intersects", "contains"]), a, self.circle(self.near(a, size), 0)
        other = size * 10 ** r.uniform(-1.5, 0.3)
        place = self.near(a, size)
        if kind < 0.6:
            b = self.circle(place, other)
            if r.random() < 0.3:
                return "contains", self.circle(rounded(center), size * r.uniform(0.7, 2)), a
            return r.choice(["intersects", "contains"]), a, b
        if r.random() < 0.06:
            # Some corners of the same outline: what is left of a convex one lies in it and touches it all along.
            keep = sorted(r.sample(range(len(a[1])), r.randint(3, len(a[1]))))
            return r.choice(["intersects", "contains"]), a, ("polygon", [a[1][i] for i in keep])
        b = self.polygon(place, min(other, 40))
        if r.random() < 0.3:
            b = self.polygon(center, size * r.uniform(0.02, 0.4))
        return r.choice(["intersects", "contains"]), a, b


def tilted(point, angle):
    lon, lat, angle = math.radians(point[0]), math.radians(point[1]), math.radians(angle)
    x, y, z = math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)
    y, z = y * math.cos(angle) - z * math.sin(angle), y * math.sin(angle) + z * math.cos(angle)
    return math.degrees(math.atan2(y, x)) % 360, math.degrees(math.asin(max(-1, min(1, z))))


def dali(shape):
    numbers = [f"{lon:.12f} {lat:.12f}" for lon, lat in shape[1]] + [f"{r:.12f}" for r in shape[2:]]
    return f"{shape[0]} {' '.join(numbers)}"


def pgsphere(shape):
    points = [f"({lon:.12f}d , {lat:.12f}d)" for lon, lat in shape[1]]
    if shape[0] == "polygon":
        return "spoly", "{" + ",".join(points) + "}"
    return ("scircle", f"<{points[0]} , {shape[2]:.12f}d>") if shape[2] else ("spoint", points[0])


def exact(shape):
    return Polygon(shape[1]) if shape[0] == "polygon" else Circle(*shape[1][0], shape[2])


def ours(driver, lines):
    done = subprocess.run([driver], input="\n".join(lines) + "\n", capture_output=True, text=True, check=True)
    answers = done.stdout.splitlines()
    assert len(answers) == len(lines), f"{len(lines)} questions, {len(answers)} answers"
    return answers


def theirs(psql, questions):
    """pgSphere's answers: t, f, or nothing where it refuses a shape."""
    sql = ["""
        create extension if not exists pg_sphere;
        create or replace function pg_temp.answer(question text, a text, kind_a text, b text, kind_b text) returns text as $$
        declare result text;
        begin
          execute format(case question when 'area' then 'select area(%L::%s)::text'
            when 'intersects' then case when 'spoint' in (kind_a, kind_b) then 'select (%L::%s @> %L::%s)::text'
              else 'select (%L::%s && %L::%s)::text' end
            else 'select (%L::%s @> %L::%s)::text' end, a, kind_a, b, kind_b) into result;
          return result;
        exception when others then return null;
        end $$ language plpgsql;
        create temp table q (id int, question text, a text, kind_a text, b text, kind_b text);
        copy q from stdin;"""]
    for index, (question, a, b) in enumerate(questions):
        (kind_a, a), (kind_b, b) = pgsphere(a), pgsphere(b) if b else ("", "")
        sql.append("\t".join([str(index), question, a, kind_a, b, kind_b]))
    sql += ["\\.", "select coalesce(pg_temp.answer(question, a, kind_a, b, kind_b), '') from q order by id;"]
    done = subprocess.run(psql, input="\n".join(sql), capture_output=True, text=True, check=True)
    lines = done.stdout.split("\n")[-len(questions) - 1:-1]
    assert len(lines) == len(questions), done.stderr
    return lines


def compare_tests(driver, psql, pairs):
    shapes = Shapes(20260731)
    questions = [shapes.pair() for _ in range(pairs)]
    mine = ours(driver, [f"{q}\t{dali(a)}\t{dali(b)}" for q, a, b in questions])
    other = theirs(psql, questions)
    kinds, bad, near, refused, judged = {}, 0, 0, 0, 0
    for index, ((question, a, b), m, t) in enumerate(zip(questions, mine, other)):
        name = f"{a[0]} {question} {'point' if b[2:] == (0,) else b[0]}"
        row = kinds.setdefault(name, [0, 0, 0, 0, 0])
        row[0] += 1
        row[1] += m == "1"
        if t and (t == "true") == (m == "1"):
            row[2] += 1
            if index % 100:
                continue  # one in a hundred of those on which both agree goes to the arbiter as well
        else:
            row[3 if t else 4] += 1
        truth, margin = judge(question, exact(a), exact(b))
        judged += 1
        if t and (t == "true") != (m == "1"):
            who = "ours" if truth == (m == "1") else "pgSphere's"
            print(f"  differ: {name}: {who} is right, {margin:.3g} deg from the boundary")
        if truth != (m == "1"):
            if margin > NEAR:
                bad += 1
                print(f"  WRONG by {margin:.3g} deg: {question}\t{dali(a)}\t{dali(b)} (ours {m}, pgSphere {t or 'refuses'})")
            else:
                near += 1
    print(f"\n{'question':34} {'pairs':>7} {'yes':>7} {'agree':>7} {'differ':>7} {'pgSphere refuses':>17}")
    for name, row in sorted(kinds.items()):
        print(f"{name:34} {row[0]:7} {row[1]:7} {row[2]:7} {row[3]:7} {row[4]:17}")
    print(f"{judged} pairs, one in a hundred of those that agree among them, went to the arbiter: {bad} wrong, {near} wrong within {NEAR} deg of a boundary")
    return bad


def compare_areas(driver, psql, count):
    shapes = Shapes(4)
    polygons = [shapes.polygon(shapes.center(), 10 ** shapes.random.uniform(-5.5, 1.8)) for _ in range(count)]
    polygons += [shapes.band() for _ in range(count // 50)]
    mine = [float(x) for x in ours(driver, [f"area\t{dali(p)}" for p in polygons])]
    other = theirs(psql, [("area", p, None) for p in polygons])
    absolute, relative, judged = 0, 0, 0
    for index, (polygon, m, t) in enumerate(zip(polygons, mine, other)):
        difference = abs(math.radians(math.radians(m)) - float(t)) if t else None
        absolute = max(absolute, difference or 0)
        if difference is None or difference > 1e-12 or index % 20 == 0:
            truth = Polygon(polygon[1]).area * (180 / pi) ** 2
            relative = max(relative, float(abs(mpf(m) - truth) / truth))
            judged += 1
    print(f"\narea: {len(polygons)} polygons of 1e-11 to 20,000 deg²; largest difference from pgSphere {absolute:.2g} sr; "
          f"{judged} went to the arbiter: largest relative error of ours {relative:.2g}")
    return 0 if relative < 1e-11 else 1


def main():
    driver, pairs, psql = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
    bad = compare_tests(driver, psql, pairs) + compare_areas(driver, psql, pairs // 10)
    bad += healpix.compare(lambda lines: ours(driver, lines), pairs)
    print("\nAll agree." if not bad else f"\n{bad} comparisons failed.")
    sys.exit(1 if bad else 0)


main()

"""What is true on the sphere, in 40 digits, and how far a shape would have to move for the opposite to be true.

Written for this comparison after the definitions, with none of the shortcuts of either side: slow, and meant to be plain.
"""
from mpmath import acos, asin, atan2, cos, mp, mpf, pi, sin, sqrt

mp.dps = 40
STEP = mpf(10) ** -20


def vector(lon, lat):
    lon, lat = mpf(lon) * pi / 180, mpf(lat) * pi / 180
    return (cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat))


def dot(a, b):
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a, b):
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def scaled(a, factor):
    return (a[0] * factor, a[1] * factor, a[2] * factor)


def plus(a, b):
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def unit(a):
    return scaled(a, 1 / sqrt(dot(a, a)))


def separation(a, b):
    normal = cross(a, b)
    return atan2(sqrt(dot(normal, normal)), dot(a, b))


class Circle:
    def __init__(self, lon, lat, radius):
        self.center, self.radius = vector(lon, lat), mpf(radius) * pi / 180

    def depth(self, point):
        """How far inside a point lies, negative outside."""
        return self.radius - separation(self.center, point)


class Polygon:
    def __init__(self, corners):
        self.corners = [vector(*corner) for corner in corners]
        self.corners = [c for i, c in enumerate(self.corners) if separation(c, self.corners[i - 1]) > STEP]
        self.edges = list(zip(self.corners, self.corners[1:] + self.corners[:1]))
        self.normals = [unit(cross(a, b)) for a, b in self.edges]
        turns = sum(
            atan2(dot(corner, cross(before, after)), dot(before, after))
            for corner, before, after in zip(self.corners, self.normals[-1:] + self.normals[:-1], self.normals))
        left = (2 * pi - turns) % (4 * pi)
        self.area = min(left, 4 * pi - left)
        # A point a hair to the left of an edge tells on which side the smaller part is.
        a, b = self.edges[0]
        beside = unit(plus(unit(plus(a, b)), scaled(self.normals[0], STEP)))
        self.reference = unit((mpf("0.31830988618379"), mpf("-0.57721566490153"), mpf("0.69314718055994")))
        self.is_reference_inside = (left <= 2 * pi) != self._is_parted(self.reference, beside)

    def _is_parted(self, p, q):
        """Whether the way from one point to another crosses the outline an odd number of times."""
        path = cross(p, q)
        count = 0
        for (a, b), normal in zip(self.edges, self.normals):
            sa, sb, sp, sq = dot(path, a), dot(path, b), dot(normal, p), dot(normal, q)
            # The edge goes from one side of the way to the other, and the way from the matching side of the edge to the other.
            if (sa > 0) != (sb > 0) and (sp > 0) != (sq > 0) and (sb > 0) == (sp > 0):
                count += 1
        return count % 2 == 1

    def contains(self, point):
        return self.is_reference_inside != self._is_parted(self.reference, point)

    def distance(self, point):
        return min(distance(point, edge, normal) for edge, normal in zip(self.edges, self.normals))

    def farthest(self, point):
        return pi - self.distance(scaled(point, -1))

    def depth(self, point):
        return self.distance(point) if self.contains(point) else -self.distance(point)


def distance(point, edge, normal):
    a, b = edge
    if dot(cross(normal, a), point) >= 0 and dot(cross(b, normal), point) >= 0:
        return abs(asin(dot(normal, point)))
    return min(separation(point, a), separation(point, b))


def crossing_depth(p, q):
    """How far the outlines cross each other: the shortest way to draw one edge back from another, of the pair where it is longest."""
    deepest = None
    for e, n in zip(p.edges, p.normals):
        for f, m in zip(q.edges, q.normals):
            sa, sb, sc, sd = dot(m, e[0]), dot(m, e[1]), dot(n, f[0]), dot(n, f[1])
            if (sa > 0) != (sb > 0) and (sc > 0) != (sd > 0) and (sb > 0) == (sc > 0):
                depth = min(distance(e[0], f, m), distance(e[1], f, m), distance(f[0], e, n), distance(f[1], e, n))
                deepest = depth if deepest is None else max(deepest, depth)
    return deepest


def gap(p, q):
    """The distance between two outlines that do not cross."""
    return min([q.distance(c) for c in p.corners] + [p.distance(c) for c in q.corners])


def judge(question, a, b):
    """The truth of `a intersects b` or `a contains b`, and its margin in degrees."""
    true, margin = (intersects if question == "intersects" else contains)(a, b)
    return true, float(margin * 180 / pi)


def intersects(a, b):
    if isinstance(a, Polygon) and isinstance(b, Circle):
        a, b = b, a
    if isinstance(a, Circle):
        depth = a.radius + b.depth(a.center)
        return depth >= 0, abs(depth)
    crossing = crossing_depth(a, b)
    inside = max([a.depth(c) for c in b.corners] + [b.depth(c) for c in a.corners])
    if crossing is not None:
        return True, max(crossing, inside)
    return (True, inside) if inside >= 0 else (False, gap(a, b))


def contains(a, b):
    """Whether b lies in a."""
    if isinstance(b, Circle):
        depth = a.depth(b.center) - b.radius
    elif isinstance(a, Circle):
        antipode = scaled(a.center, -1)
        depth = a.radius - pi if b.contains(antipode) else a.radius - b.farthest(a.center)
    else:
        crossing = crossing_depth(a, b)
        outside = min(a.depth(c) for c in b.corners)
        if crossing is not None:
            return False, max(crossing, -outside)
        if outside < 0:
            return False, -outside
        # A corner of a inside b with nothing crossed means that b goes around a.
        around = max([b.depth(c) for c in a.corners])
        return (False, around) if around > 0 else (True, gap(a, b))
    return depth >= 0, abs(depth)

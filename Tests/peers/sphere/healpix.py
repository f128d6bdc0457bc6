"""HEALPix numbers and centres beside healpy."""
import healpy
import numpy


def compare(ours, count):
    rng = numpy.random.default_rng(29)
    ra = rng.uniform(0, 360, count)
    dec = numpy.degrees(numpy.arcsin(rng.uniform(-1, 1, count)))
    dec[::10] = numpy.copysign(90 - 10 ** rng.uniform(-9, 1, len(dec[::10])), dec[::10])
    ra[1::10] = 90 * rng.integers(0, 5, len(ra[1::10])) % 360
    order = rng.integers(0, 30, count)
    answers = [a.split() for a in ours([f"healpix\t{o}\t{r!r}\t{d!r}" for o, r, d in
                                        zip(order.tolist(), ra.tolist(), dec.tolist())])]
    index = numpy.array([int(a[0]) for a in answers])
    theirs = numpy.array([healpy.ang2pix(1 << int(o), r, d, nest=True, lonlat=True) for o, r, d in zip(order, ra, dec)])
    lon, lat = numpy.array([[float(x) for x in a[1:]] for a in answers]).T
    away = separation(lon, lat, *numpy.array([healpy.pix2ang(1 << int(o), i, nest=True, lonlat=True)
                                              for o, i in zip(order, index)]).T)
    # Where a position lies on an edge between pixels, rounding decides: it must be as near to one pixel as to the other.
    edge = 0
    for o, i, t, r, d in zip(order[index != theirs], index[index != theirs], theirs[index != theirs],
                             ra[index != theirs], dec[index != theirs]):
        corners = healpy.vec2ang(healpy.boundaries(1 << int(o), int(t), step=8, nest=True).T, lonlat=True)
        if separation(r, d, *corners).min() < 1e-9 + 20 / (1 << int(o)) and i in neighbours(int(o), int(t)):
            edge += 1
    differ = int((index != theirs).sum())
    print(f"\nhealpix: {count} positions of orders 0 to 29: {count - differ} numbers equal, {differ} differ, of which {edge} on an edge; "
          f"centres differ by at most {away.max():.2g} deg")
    return 0 if differ == edge and differ <= count // 100 and away.max() < 1e-9 else 1


def neighbours(order, index):
    return set(healpy.get_all_neighbours(1 << order, index, nest=True).tolist())


def separation(lon1, lat1, lon2, lat2):
    lon1, lat1, lon2, lat2 = (numpy.radians(x) for x in (lon1, lat1, lon2, lat2))
    half = numpy.sin((lat2 - lat1) / 2) ** 2 + numpy.cos(lat1) * numpy.cos(lat2) * numpy.sin((lon2 - lon1) / 2) ** 2
    return numpy.degrees(2 * numpy.arcsin(numpy.sqrt(half)))

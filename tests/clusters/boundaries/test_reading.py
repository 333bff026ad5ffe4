"""What officers have is read, or refused with a sentence."""

import csv
import io
import json
import zipfile

import pytest
import xlsxwriter
from django.core.exceptions import ValidationError

from clusters.boundaries.numbers import parse_coordinate
from clusters.boundaries.reading import read_file, read_text
from clusters.boundaries.readings import reading_of
from places import vn2000

TRIANGLE = [(2419123.45, 508123.4), (2419200.0, 508223.4), (2419000.0, 508300.0)]
RING = [[104.8, 21.8], [104.81, 21.8], [104.81, 21.81], [104.8, 21.8]]
POLYGON = {"type": "Polygon", "coordinates": [RING]}
KML = '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Placemark>{}</Placemark></kml>'
KML_POLYGON = KML.format(
    "<Polygon><outerBoundaryIs><LinearRing><coordinates>104.8,21.8,0 104.81,21.8,0 104.81,21.81,0 104.8,21.8,0"
    "</coordinates></LinearRing></outerBoundaryIs></Polygon>"
)
POINTS = list(
    csv.DictReader((vn2000.FOLDER / "vn2000_test_points.csv").read_text(encoding="utf-8").splitlines())
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2419123.45", 2419123.45),
        ("2419123,45", 2419123.45),
        ("2.419.123,45", 2419123.45),
        ("2,419,123.45", 2419123.45),
        ("2 419 123,45", 2419123.45),
        ("508.123", 508123),
        ("508,123", 508123),
        ("508123.456", 508123.456),
        ("105.162299", 105.162299),
        ("508 123,4 m", 508123.4),
        ("abc", None),
        ("12/3/2019", None),
        ("", None),
        (True, None),
    ],
)
def test_a_coordinate_is_read_however_it_is_written(text, number):
    assert parse_coordinate(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "TT\tX (m)\tY (m)\n1\t2419123,45\t508123,4\n2\t2419200\t508223,4\n3\t2419000\t508300",
        "Số hiệu điểm;Tọa độ Y;Tọa độ X\n1;508123,4;2419123,45\n2;508223,4;2419200\n3;508300;2419000",
        "1 2419123.45 508123.4\n2 2419200 508223.4\n3 2419000 508300\n",
        "1  2 419 123,45  508 123,4\n2  2 419 200,00  508 223,4\n3  2 419 000,00  508 300,0",
        "1,2419123.45,508123.4\n2,2419200,508223.4\n3,2419000,508300\n1,2419123.45,508123.4",
        "| 1 | 2.419.123,45 | 508.123,4 |\n| 2 | 2.419.200 | 508.223,4 |\n| 3 | 2.419.000 | 508.300 |",
        "BẢNG KÊ TỌA ĐỘ\n\nĐiểm\tX\tY\nA1\t2419123.45\t508123.4\nA2\t2419200\t508223.4\nA3\t2419000\t508300\n\n",
        "2419123.45\t508123.4\n2419200\t508223.4\n2419000\t508300",
    ],
)
def test_a_pasted_table_is_read_whatever_divides_its_cells(text):
    numbers = read_text(text)
    assert numbers.in_metres
    assert numbers.rings == [TRIANGLE]


def test_rings_are_divided_by_blank_rows_and_by_the_return_of_the_first_point():
    first = "1\t2419000\t508000\n2\t2419100\t508000\n3\t2419100\t508100\n"
    second = "1\t2419500\t508500\n2\t2419600\t508500\n3\t2419600\t508600\n"
    for text in (f"{first}\n{second}", f"{first}1\t2419000\t508000\n{second}", f"{first}Khu 2\t\t\n{second}"):
        assert [len(ring) for ring in read_text(text).rings] == [3, 3]


def test_two_tables_side_by_side_are_two_rings():
    text = (
        "TT\tX\tY\tTT\tX\tY\n1\t2419000\t508000\t4\t2419500\t508500\n"
        "2\t2419100\t508000\t5\t2419600\t508500\n3\t2419100\t508100\t6\t2419600\t508600\n"
    )
    assert [ring[0] for ring in read_text(text).rings] == [(2419000, 508000), (2419500, 508500)]


def test_a_table_that_names_its_meridian_is_believed():
    head = "Hệ tọa độ VN-2000, kinh tuyến trục 104°45', múi chiếu 3°\n"
    rows = "1\t2419000\t508000\n2\t2419100\t508000\n3\t2419100\t508100\n"
    assert read_text(head + rows).stated_meridian == 104.75
    assert read_text(rows).stated_meridian is None


def test_every_row_that_cannot_be_read_is_named_at_once():
    with pytest.raises(ValidationError) as error:
        read_text("TT\tX\tY\n1\t2419000\t508000\n2\t24191x0\t508000\n3\t2419100\t\n4\t2419100\t508100")
    assert len(error.value.messages) == 2
    assert "3" in error.value.messages[0]
    assert "24191x0" in error.value.messages[0]


@pytest.mark.parametrize(
    "text", ["hello", "1\t2419000\t508000\n2\t2419100\t508000", "{", '{"type": "Point"}', "<html/>"]
)
def test_what_is_no_boundary_is_refused_with_a_sentence(text):
    with pytest.raises(ValidationError):
        read_text(text)


def test_degrees_in_a_table_are_told_from_metres():
    numbers = read_text("1\t21.80\t104.80\n2\t21.80\t104.81\n3\t21.81\t104.81")
    assert not numbers.in_metres
    assert numbers.rings[0][0] == (104.80, 21.80)


def test_a_workbook_is_read_with_numbers_in_its_cells():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("Thuyết minh").write(0, 0, "Không có số")
        page = book.add_worksheet("Tọa độ")
        page.write_row(0, 0, ["Bảng tọa độ, kinh tuyến trục 104°45'"])
        page.write_row(2, 0, ["Điểm", "X (m)", "Y (m)"])
        for at, (northing, easting) in enumerate(TRIANGLE, start=3):
            page.write_row(at, 0, [at - 2, northing, easting])
    numbers = read_file("toa do.xlsx", out.getvalue())
    assert numbers.rings == [TRIANGLE]
    assert numbers.stated_meridian == 104.75


@pytest.mark.parametrize(
    "value",
    [
        POLYGON,
        {"type": "MultiPolygon", "coordinates": [[RING]]},
        {"type": "Feature", "properties": {}, "geometry": POLYGON},
        {
            "type": "FeatureCollection",
            "features": [{"type": "Feature", "properties": {}, "geometry": POLYGON}],
        },
        {"type": "GeometryCollection", "geometries": [POLYGON, {"type": "Point", "coordinates": [1, 2]}]},
        {"type": "LineString", "coordinates": RING},
    ],
)
def test_geojson_is_read_in_every_shape(value):
    numbers = read_file("a.geojson", json.dumps(value).encode())
    assert not numbers.in_metres
    assert numbers.rings == [[(104.8, 21.8), (104.81, 21.8), (104.81, 21.81)]]


def test_projected_geojson_becomes_northing_and_easting():
    ring = [[508000, 2419000], [508100, 2419000], [508100, 2419100], [508000, 2419000]]
    numbers = read_text(json.dumps({"type": "Polygon", "coordinates": [ring]}))
    assert numbers.in_metres
    assert numbers.rings[0][0] == (2419000, 508000)


def packed(document: bytes, name: str = "doc.kml") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, document)
    return out.getvalue()


def test_kml_and_kmz_are_read():
    expected = [[(104.8, 21.8), (104.81, 21.8), (104.81, 21.81)]]
    assert read_file("a.kml", KML_POLYGON.encode()).rings == expected
    assert read_file("a.kmz", packed(KML_POLYGON.encode())).rings == expected


def test_a_kmz_bomb_is_refused_without_unpacking_it():
    bomb = packed(b"<kml>" + b" " * (30 * 1024 * 1024))
    assert len(bomb) < 100_000
    with pytest.raises(ValidationError, match="20 MB"):
        read_file("bomb.kmz", bomb)


def test_a_kmz_that_lies_about_its_size_is_bounded_all_the_same():
    bomb = bytearray(packed(b"<kml>" + b" " * (30 * 1024 * 1024)))
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = bomb.index(mark) + offset
        bomb[at : at + 4] = (1000).to_bytes(4, "little")
    with pytest.raises(ValidationError):
        read_file("bomb.kmz", bytes(bomb))


@pytest.mark.parametrize(
    "document",
    [
        b'<!DOCTYPE kml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><kml>&b;</kml>',
        b'<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]><kml>&x;</kml>',
        b"<kml><Polygon>",
        KML.format("<Point><coordinates>104,21</coordinates></Point>").encode(),
    ],
)
def test_kml_with_entities_damage_or_no_polygon_is_refused(document):
    with pytest.raises(ValidationError):
        read_file("a.kml", document)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-"),
        ("a.kmz", b"no archive"),
        ("a.xlsx", b"no workbook"),
        ("a.csv", b""),
        ("a.csv", b"x" * (5 * 1024 * 1024 + 1)),
        ("a.geojson", b'{"type": "Polygon", "coordinates": [[[1e999, 2], [3, 4], [5, 6]]]}'),
    ],
)
def test_a_wrong_damaged_empty_or_huge_file_is_refused(name, content):
    with pytest.raises(ValidationError):
        read_file(name, content)


@pytest.mark.parametrize("point", POINTS, ids=lambda point: point["province"])
def test_a_table_around_each_test_point_lands_on_it(point):
    northing, easting = float(point["vn2000_X_northing"]), float(point["vn2000_Y_easting"])
    rows = [(northing + up, easting + right) for up, right in ((100, 0), (-50, 80), (-50, -80))]
    text = "\n".join(f"{at}\t{x:.3f}\t{y:.3f}".replace(".", ",") for at, (x, y) in enumerate(rows, 1))
    reading = reading_of(read_text(text).rings, meridian=float(point["central_meridian"]))
    corners = reading.in_degrees()[0]
    middle = [sum(values) / 3 for values in zip(*corners, strict=True)]
    assert middle == pytest.approx([float(point["wgs84_lon"]), float(point["wgs84_lat"])], abs=1e-7)


@pytest.mark.parametrize("points", [300, 2000, 2001])
def test_a_scribble_is_refused_at_once(points):
    turns = [(2_419_000 + at * 7919 % 997, 508_000 + at * 104_729 % 991) for at in range(points)]
    with pytest.raises(ValidationError):
        read_text("\n".join(f"{at}\t{north}\t{east}" for at, (north, east) in enumerate(turns)))


def test_a_map_of_plots_is_no_boundary():
    plots = [
        [[104 + at / 1e3, 21], [104.0005 + at / 1e3, 21], [104 + at / 1e3, 21.0005]] for at in range(101)
    ]
    with pytest.raises(ValidationError):
        read_text(json.dumps({"type": "MultiPolygon", "coordinates": [[[*ring, ring[0]]] for ring in plots]}))

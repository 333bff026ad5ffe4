// The map of a boundary: what is recorded, its neighbours, what was found; and in a draft, points that can be moved.
// What it draws stands as JSON in #boundary-drawing, which the server renews with every change of the draft. A change
// on the map is sent as the form's field "geometry"; the server answers with findings and the table of points.

const L = window.L;
const frame = document.getElementById("boundary-map");
const form = document.getElementById("draft-form");
const APART = 26; // pixels between two handles: nearer ones wait until the map is zoomed in
const STEP = 1; // pixels that an arrow key moves a point; with Shift ten times as far

const drawing = () => JSON.parse(document.getElementById("boundary-drawing").textContent);
const turned = ([longitude, latitude]) => [latitude, longitude];
const plain = ({ lat, lng }) => [Number(lng.toFixed(9)), Number(lat.toFixed(9))];

function area(geometry, className, label) {
  const made = L.geoJSON(geometry, { style: () => ({ className, interactive: false }) });
  if (label) made.bindTooltip(() => document.createTextNode(label), { permanent: true, direction: "center", className: "boundary-name" });
  return made;
}

// Rings as Leaflet positions without the closing point; a list of polygons, each a list of rings.
function polygonsOf(geometry) {
  if (!geometry) return [];
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return polygons.map((rings) => rings.map((ring) => ring.slice(0, -1).map((pair) => L.latLng(...turned(pair)))));
}

function geometryOf(polygons) {
  const closed = polygons.map((rings) => rings.map((ring) => [...ring, ring[0]].map(plain)));
  return closed.length === 1 ? { type: "Polygon", coordinates: closed[0] } : { type: "MultiPolygon", coordinates: closed };
}

class Editor {
  constructor(map) {
    this.map = map;
    this.layer = L.layerGroup().addTo(map);
    this.polygons = [];
    this.focused = "";
    this.changes = 0; // how many were made here
    this.asked = 0; // how many of them the latest question to the server knew
    this.isHeld = false;
  }

  // Points moved since the server was asked: its answer would put them back, and the next one brings them.
  get isAhead() {
    return this.isHeld || Boolean(this.waiting) || this.changes !== this.asked;
  }

  show(geometry) {
    this.polygons = polygonsOf(geometry);
    this.draw();
  }

  // Numbers follow the table: rings one after the other, points from 1.
  draw() {
    this.layer.clearLayers();
    this.shape = L.polygon(this.polygons, { className: "boundary-draft", interactive: false }).addTo(this.layer);
    let count = 0;
    const taken = [];
    const isFree = (position, key) => {
      const here = this.map.project(position);
      if (key !== this.focused && taken.some((other) => other.distanceTo(here) < APART)) return false;
      taken.push(here);
      return true;
    };
    const middles = [];
    this.polygons.forEach((rings) => rings.forEach((ring) => {
      const number = count;
      count += 1;
      ring.forEach((position, at) => {
        const key = `${number}-${at}`;
        if (isFree(position, key)) this.vertex(ring, at, key);
        middles.push([ring, at]);
      });
    }));
    middles.forEach(([ring, at]) => this.middle(ring, at, isFree));
    if (this.focused) this.layer.eachLayer((layer) => { if (layer.options.key === this.focused) layer.getElement()?.focus(); });
  }

  handle(position, className, label, key, extra) {
    const made = L.marker(position, { icon: L.divIcon({ className, iconSize: [24, 24] }), title: label, alt: label, key, autoPanOnFocus: false, ...extra })
      .on("add", (event) => event.target.getElement().setAttribute("aria-label", label))
      .addTo(this.layer);
    // A point reached by key comes into sight; under a pressed mouse the map must stay, or the release misses the point.
    made.getElement().addEventListener("focus", (event) => {
      if (event.target.matches(":focus-visible")) this.map.panInside(made.getLatLng(), { padding: [APART, APART] });
    });
    return made;
  }

  vertex(ring, at, key) {
    const label = frame.dataset.vertex.replace("#", at + 1);
    const made = this.handle(ring[at], "boundary-vertex", label, key, { draggable: true, autoPan: true, riseOnHover: true });
    const move = (position) => { ring[at] = position; this.shape.setLatLngs(this.polygons); };
    made.on("drag", () => move(made.getLatLng()));
    made.on("dragstart", () => { this.isHeld = true; });
    made.on("dragend", () => { this.isHeld = false; this.send(key); });
    const element = made.getElement();
    element.dataset.key = key;
    element.addEventListener("focus", () => this.mark(key, true));
    element.addEventListener("blur", () => { this.mark(key, false); if (this.waiting === key) this.send(""); });
    element.addEventListener("keydown", (event) => {
      const ways = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
      if (event.key in ways) {
        event.preventDefault();
        event.stopPropagation();
        const far = event.shiftKey ? 10 * STEP : STEP;
        const [right, down] = ways[event.key];
        made.setLatLng(this.map.unproject(this.map.project(made.getLatLng()).add([right * far, down * far])));
        move(made.getLatLng());
        this.wait(key);
      } else if (event.key === "Delete" || event.key === "Backspace") {
        event.preventDefault();
        if (ring.length > 3) {
          ring.splice(at, 1);
          this.draw();
          this.send("");
        }
      }
    });
  }

  middle(ring, at, isFree) {
    const next = ring[(at + 1) % ring.length];
    const centre = L.latLng((ring[at].lat + next.lat) / 2, (ring[at].lng + next.lng) / 2);
    if (!isFree(centre, null)) return;
    const label = frame.dataset.middle.replace("#", at + 1);
    this.handle(centre, "boundary-middle", label, "", {}).on("click", () => {
      ring.splice(at + 1, 0, centre);
      this.draw();
      this.send("");
    });
  }

  // The row of the table and the point on the map are marked together.
  mark(key, on) {
    document.querySelector(`[data-vertex="${key}"]`)?.classList.toggle("is-changed", on);
  }

  // A key held down moves a point many times; the server is asked once it rests.
  wait(key) {
    this.waiting = key;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => { if (this.waiting === key) this.send(key); }, 600);
  }

  send(key) {
    window.clearTimeout(this.timer);
    this.waiting = "";
    this.focused = key;
    this.changes += 1;
    form.elements.namedItem("geometry").value = JSON.stringify(geometryOf(this.polygons));
    form.dispatchEvent(new CustomEvent("boundary:drawn", { bubbles: false }));
  }
}

async function start() {
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(frame, { zoomControl: false, attributionControl: false, minZoom: 5, maxZoom: 21, zoomSnap: 0.25, zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still, scrollWheelZoom: false });
  map.setView([16.2, 106.3], 5);
  map.on("focus", () => map.scrollWheelZoom.enable()).on("blur", () => map.scrollWheelZoom.disable());
  L.control.zoom({ zoomInTitle: frame.dataset.zoomIn, zoomOutTitle: frame.dataset.zoomOut }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  L.control.attribution({ prefix: false }).addTo(map).addAttribution(frame.dataset.attribution);
  const around = L.layerGroup().addTo(map);
  const editor = "editable" in frame.dataset ? new Editor(map) : null;

  const show = (fit) => {
    const { draft, current, neighbours, places } = drawing();
    around.clearLayers();
    neighbours.forEach((one) => {
      area(one.boundary, "boundary-neighbour", one.name).addTo(around);
      if (one.overlap) area(one.overlap, "boundary-overlap").addTo(around);
    });
    if (current) area(current, "boundary-current").addTo(around);
    places.forEach(({ at, level, text }) => {
      L.circleMarker(at, { radius: 9, className: `boundary-place boundary-place-${level}` }).bindTooltip(() => document.createTextNode(text)).addTo(around);
    });
    const main = draft ?? current;
    if (fit && main) map.fitBounds(L.geoJSON(main).getBounds(), { padding: [40, 40], maxZoom: 17, animate: false });
    // After the map has its place: how many points have room depends on the zoom.
    if (!editor?.isAhead) editor?.show(draft);
  };
  show(true);
  if (editor) map.on("zoomend", () => editor.draw());

  form?.addEventListener("htmx:configRequest", (event) => {
    const drawn = event.detail.triggeringEvent?.type === "boundary:drawn";
    if (drawn) event.detail.parameters.op = "map";
    if (editor) editor.asked = editor.changes;
  });
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.id !== "draft-panel" && event.detail.target?.id !== "draft-panel") return;
    // A new reading of the numbers moves the polygon away from what the map shows.
    const { draft } = drawing();
    show(Boolean(draft) && !editor?.isAhead && !map.getBounds().intersects(L.geoJSON(draft).getBounds()));
  });

  // The ground comes last: it is the heaviest and the least needed, and points may be moved before it is there.
  const response = await fetch(frame.dataset.base, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`${frame.dataset.base}: ${response.status}`);
  L.geoJSON(await response.json(), { style: () => ({ className: "map-province", interactive: false }) }).addTo(map).bringToBack();
}

start().catch((error) => {
  console.error(error);
  frame.insertAdjacentText("afterend", frame.dataset.failed ?? "");
});

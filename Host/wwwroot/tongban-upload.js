// Hands files in at the checklist: by choosing, dropping or pasting. Photographs are straightened and kept small, several of them become
// one PDF, and every file goes in parts, so that a link that breaks costs a part and not the file.
const partSize = 256 * 1024;
const longestEdge = 2480; // A4 at 300 dpi
const quality = 0.85;
const mostSkew = 8; // degrees; what leans more was meant to

export function attach(root, page, number) {
  const start = (code, files) => files.length && handIn(root, page, number, code, [...files]);
  const take = input => {
    start(input.dataset.code, input.files);
    input.value = "";
  };
  root.addEventListener("change", event => event.target.matches("input[type=file]") && take(event.target));
  root.querySelectorAll("input[type=file]").forEach(take); // Whoever chose before this script was there need not choose again.
  const entryOf = event => event.target.closest("[data-drop]");
  root.addEventListener("dragover", event => {
    const entry = entryOf(event);
    if (!entry) return;
    event.preventDefault();
    entry.classList.add("over");
  });
  root.addEventListener("dragleave", event => entryOf(event)?.classList.remove("over"));
  root.addEventListener("drop", event => {
    const entry = entryOf(event);
    if (!entry) return;
    event.preventDefault();
    entry.classList.remove("over");
    start(entry.dataset.drop, event.dataTransfer.files);
  });
}

async function handIn(root, page, number, code, files) {
  try {
    await page.invokeMethodAsync("Begin", code);
    const joins = root.querySelector("[data-join]")?.checked ?? false;
    const straightens = root.querySelector("[data-straighten]")?.checked ?? false;
    for (const file of await prepare(files, joins, straightens))
      await send(number, code, file, percent => page.invokeMethodAsync("Progress", code, percent));
    await page.invokeMethodAsync("Done", code, null);
  } catch (problem) {
    await page.invokeMethodAsync("Done", code, problem.message ?? String(problem));
  }
}

async function prepare(files, joins, straightens) {
  const isPhoto = file => file.type === "image/jpeg" || file.type === "image/png";
  const photos = files.filter(isPhoto);
  const others = files.filter(file => !isPhoto(file));
  if (photos.length === 0 || (!straightens && !(joins && photos.length > 1))) return files;
  const pages = [];
  for (const photo of photos) pages.push(await pageOf(photo, straightens));
  if (joins && pages.length > 1) {
    const name = photos[0].name.replace(/\.[^.]*$/, "") + ".pdf";
    return [new File([pdfOf(pages)], name, { type: "application/pdf" }), ...others];
  }
  return [...pages.map((one, at) => one.changed ? new File([one.jpeg], photos[at].name.replace(/\.[^.]*$/, "") + ".jpg", { type: "image/jpeg" }) : photos[at]), ...others];
}

// A photograph as a JPEG: upright as the camera says, level, and no larger than a sheet of paper wants.
async function pageOf(photo, straightens) {
  let image;
  try {
    image = await createImageBitmap(photo);
  } catch {
    throw new Error(document.documentElement.lang.startsWith("zh") ? `无法读取图片“${photo.name}”` : `The picture "${photo.name}" cannot be read`);
  }
  const scale = Math.min(1, longestEdge / Math.max(image.width, image.height));
  const angle = straightens ? skewOf(image) : 0;
  const [width, height] = [Math.round(image.width * scale), Math.round(image.height * scale)];
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, width, height);
  pen.translate(width / 2, height / 2);
  pen.rotate(-angle * Math.PI / 180);
  pen.drawImage(image, -width / 2, -height / 2, width, height);
  const blob = await canvas.convertToBlob({ type: "image/jpeg", quality });
  return { jpeg: new Uint8Array(await blob.arrayBuffer()), width, height, changed: angle !== 0 || scale < 1 };
}

// Lines of text make the darkness of rows differ most when they are level: the angle at which it does is how far the page leans.
function skewOf(image) {
  const size = 360;
  const scale = size / Math.max(image.width, image.height);
  const [width, height] = [Math.max(1, Math.round(image.width * scale)), Math.max(1, Math.round(image.height * scale))];
  const pen = new OffscreenCanvas(width, height).getContext("2d");
  pen.drawImage(image, 0, 0, width, height);
  const pixels = pen.getImageData(0, 0, width, height).data;
  const dark = [];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4;
      if (pixels[at] * 0.3 + pixels[at + 1] * 0.59 + pixels[at + 2] * 0.11 < 128) dark.push(x - width / 2, y - height / 2);
    }
  if (dark.length < 400 || dark.length > width * height) return 0;
  const sharpness = degrees => {
    const [sin, cos] = [Math.sin(degrees * Math.PI / 180), Math.cos(degrees * Math.PI / 180)];
    const rows = new Float64Array(2 * size);
    for (let at = 0; at < dark.length; at += 2) rows[Math.round(dark[at + 1] * cos - dark[at] * sin) + size]++;
    let sum = 0;
    for (let row = 1; row < rows.length; row++) sum += (rows[row] - rows[row - 1]) ** 2;
    return sum;
  };
  let [best, bestSharpness] = [0, sharpness(0) * 1.15]; // Level unless clearly not.
  for (let degrees = -mostSkew; degrees <= mostSkew; degrees += 0.5) {
    const here = sharpness(degrees);
    if (here > bestSharpness) [best, bestSharpness] = [degrees, here];
  }
  return best;
}

// A PDF whose pages are JPEG pictures, each as large as A4 allows.
function pdfOf(pages) {
  const parts = [];
  const offsets = [];
  let length = 0;
  const write = part => {
    const bytes = typeof part === "string" ? Uint8Array.from(part, sign => sign.charCodeAt(0)) : part;
    parts.push(bytes);
    length += bytes.length;
  };
  const object = (body, stream) => {
    offsets.push(length);
    write(`${offsets.length} 0 obj\n${body}\n`);
    if (stream) {
      write("stream\n");
      write(stream);
      write("\nendstream\n");
    }
    write("endobj\n");
  };
  write("%PDF-1.4\n");
  object("<</Type/Catalog/Pages 2 0 R>>");
  object(`<</Type/Pages/Count ${pages.length}/Kids[${pages.map((_, at) => `${3 + at * 3} 0 R`).join(" ")}]>>`);
  for (const [at, page] of pages.entries()) {
    const [long, short] = [841.89, 595.28];
    const [paperWidth, paperHeight] = page.width > page.height ? [long, short] : [short, long];
    const scale = Math.min(paperWidth / page.width, paperHeight / page.height);
    const [width, height] = [page.width * scale, page.height * scale];
    const first = 3 + at * 3;
    object(`<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${paperWidth} ${paperHeight}]/Resources<</XObject<</P ${first + 1} 0 R>>>>/Contents ${first + 2} 0 R>>`);
    object(`<</Type/XObject/Subtype/Image/Width ${page.width}/Height ${page.height}/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode/Length ${page.jpeg.length}>>`, page.jpeg);
    const draw = `q ${width} 0 0 ${height} ${(paperWidth - width) / 2} ${(paperHeight - height) / 2} cm /P Do Q`;
    object(`<</Length ${draw.length}>>`, Uint8Array.from(draw, sign => sign.charCodeAt(0)));
  }
  const table = length;
  write(`xref\n0 ${offsets.length + 1}\n0000000000 65535 f \n${offsets.map(offset => `${String(offset).padStart(10, "0")} 00000 n \n`).join("")}`);
  write(`trailer\n<</Size ${offsets.length + 1}/Root 1 0 R>>\nstartxref\n${table}\n%%EOF\n`);
  return new Blob(parts, { type: "application/pdf" });
}

async function send(number, code, file, progress) {
  const base = `/api/cases/${encodeURIComponent(number)}/uploads`;
  const key = `tongban.upload:${number}:${code}:${file.name}:${file.size}:${file.lastModified}`;
  let upload = await known(base, sessionStorage.getItem(key));
  if (!upload) {
    upload = await persist(() => call(base, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ requirementCode: code, fileName: file.name, size: file.size }) }));
    sessionStorage.setItem(key, upload.id);
  }
  try {
    while (!upload.material) {
      progress(Math.floor(100 * upload.offset / upload.size));
      const at = upload.offset;
      upload = await persist(
        () => call(`${base}/${upload.id}`, { method: "PATCH", headers: { "Upload-Offset": String(at) }, body: file.slice(at, at + partSize) }),
        () => call(`${base}/${upload.id}`, { method: "GET" }));
    }
  } finally {
    if (upload.material) sessionStorage.removeItem(key);
  }
  progress(100);
}

async function known(base, id) {
  if (!id) return null;
  try {
    return await persist(() => call(`${base}/${id}`, { method: "GET" }));
  } catch {
    return null; // Forgotten meanwhile: the file is sent anew.
  }
}

// Tries until the link is there again. What the server refuses is not tried again; where it stands at another place, that is asked.
async function persist(attempt, resume) {
  for (let pause = 500; ; pause = Math.min(pause * 2, 8000)) {
    try {
      return await attempt();
    } catch (problem) {
      if (problem.status === 409 && resume) return await persist(resume);
      if (problem.status && problem.status < 500) throw problem;
      await new Promise(done => setTimeout(done, pause));
      if (resume) {
        try {
          return await resume();
        } catch (again) {
          if (again.status && again.status < 500) throw again;
        }
      }
    }
  }
}

async function call(address, request) {
  const response = await fetch(address, { ...request, credentials: "same-origin" });
  if (response.ok) return await response.json();
  const problem = await response.json().catch(() => ({}));
  throw Object.assign(new Error(problem.detail ?? problem.title ?? `HTTP ${response.status}`), { status: response.status });
}

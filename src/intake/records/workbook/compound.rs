//! What must hold of an .xls before calamine reads it: it follows chains of sectors without an
//! end, and makes room for every cell between the first and the last.

use memchr::memmem;

use super::sheets::COMPOUND;

/// Most cells between the first and the last of a sheet of a small workbook; of a larger one, a
/// cell for every two of its bytes more. calamine takes 72 bytes for each.
const MAX_CELLS: u64 = 1 << 14;
const MIN_BYTES_OF_CELL: u64 = 2;

/// How often the bytes of a workbook may be read through for its sheets, which lie one after the
/// other.
const MAX_ROUNDS: usize = 4;

/// Sector numbers from here on stand for the end of a chain, or for no sector.
const MIN_RESERVED: u32 = 0xFFFF_FFFA;

/// Bytes of an entry of a directory, of a small sector, and of the least stream in large ones.
const ENTRY: usize = 128;
const SMALL: usize = 64;
const MIN_LARGE: usize = 4096;

/// Whether a compound file is sound, and its sheets are of a size that can be held.
pub(super) fn is_sound(file: &[u8]) -> bool {
    streams(file).is_some_and(|streams| streams.iter().all(|stream| are_small(stream)))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..)?.first_chunk().copied()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..)?.first_chunk().copied()?))
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.as_chunks().0.iter().map(|number| u32::from_le_bytes(*number))
}

/// The bytes of a chain of sectors; `None` if it is a circle or leads out of the file.
fn chain(
    first: u32,
    next: &[u32],
    sector: impl Fn(u32) -> Option<std::ops::Range<usize>>,
    data: &[u8],
    length: usize,
) -> Option<Vec<u8>> {
    let (mut at, mut bytes, mut n_sectors) = (first, Vec::new(), 0);
    while at < MIN_RESERVED && bytes.len() < length {
        n_sectors += 1;
        let range = sector(at)?;
        let end = range.end.min(data.len());
        bytes.extend_from_slice(data.get(range.start..end)?);
        if n_sectors > next.len() {
            return None;
        }
        at = *next.get(at as usize)?;
    }
    bytes.truncate(length);
    Some(bytes)
}

/// The streams of a compound file that hold a workbook.
fn streams(file: &[u8]) -> Option<Vec<Vec<u8>>> {
    let size = match u16_at(file, 30)? {
        9 => 512,
        12 => 4096,
        _ => return None,
    };
    let sector = |number: u32| {
        let start = (number as usize).checked_add(1)?.checked_mul(size)?;
        (start < file.len()).then(|| start..start + size)
    };
    let n_sectors = file.len() / size + 1;
    // The sectors of the table that says which sector follows which.
    let mut tables: Vec<u32> = numbers(file.get(76..512)?).collect();
    let (mut at, mut n_lists) = (u32_at(file, 68)?, 0);
    while at < MIN_RESERVED {
        n_lists += 1;
        let range = sector(at).filter(|_| n_lists <= n_sectors)?;
        tables.extend(numbers(file.get(range.start..range.end.min(file.len()))?));
        at = tables.pop()?;
    }
    tables.retain(|&table| table < MIN_RESERVED);
    if tables.len() > n_sectors {
        return None;
    }
    let mut next = Vec::new();
    for table in tables {
        let range = sector(table)?;
        next.extend(numbers(file.get(range.start..range.end.min(file.len()))?));
    }
    let large = |first, length| chain(first, &next, sector, file, length);
    let entries = large(u32_at(file, 48)?, usize::MAX)?;
    let place = |entry: &[u8]| Some((u32_at(entry, 116)?, u32_at(entry, 120)? as usize));
    let (first, length) = place(entries.get(..ENTRY)?)?;
    let small = if first < MIN_RESERVED { large(first, length)? } else { Vec::new() };
    let n_bytes = u32_at(file, 64)? as usize * size;
    let small_next: Vec<u32> = numbers(&large(u32_at(file, 60)?, n_bytes)?).collect();
    let utf16 = |name: &str| -> Vec<u8> {
        format!("{name}\0").encode_utf16().flat_map(u16::to_le_bytes).collect()
    };
    let names = [utf16("workbook"), utf16("book")];
    let workbooks = entries.chunks_exact(ENTRY).filter(|entry| {
        let name = entry[..64].to_ascii_lowercase();
        names.iter().any(|wanted| name.starts_with(wanted))
    });
    let stream = |entry: &[u8]| {
        let (first, length) = place(entry)?;
        if length < MIN_LARGE {
            let sector = |number: u32| {
                let start = (number as usize).checked_mul(SMALL)?;
                (start < small.len()).then(|| start..start + SMALL)
            };
            chain(first, &small_next, sector, &small, length)
        } else {
            large(first, length)
        }
    };
    workbooks.map(stream).collect()
}

/// Records from a place on, each its kind and its data.
fn records(mut bytes: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let (kind, length) = (u16_at(bytes, 0)?, u16_at(bytes, 2)?);
        let (record, rest) = bytes.split_at_checked(4 + usize::from(length))?;
        bytes = rest;
        Some((kind, &record[4..]))
    })
}

/// Whether the cells of each sheet stand in a space that can be held.
fn are_small(stream: &[u8]) -> bool {
    let (end, sheet) = (0x000A, 0x0085);
    let own = records(stream).take_while(|(kind, _)| *kind != end);
    let sheets = own.filter(|(kind, _)| *kind == sheet).filter_map(|(_, data)| u32_at(data, 0));
    let mut left = stream.len() * MAX_ROUNDS;
    let max_cells = MAX_CELLS + stream.len() as u64 / MIN_BYTES_OF_CELL;
    for start in sheets {
        let Some(bytes) = stream.get(start as usize..) else { return false };
        let mut area = Area::default();
        // To the end: a record of an end may belong to a chart within the sheet.
        for (kind, data) in records(bytes) {
            let Some(rest) = left.checked_sub(4 + data.len()) else { return false };
            left = rest;
            area.add(kind, data);
            if area.n_cells() > max_cells {
                return false;
            }
            if kind == end && area.depth == 0 {
                break;
            }
        }
    }
    true
}

/// A space that ends before it begins has no end, for who reckons so.
fn in_order(((first, last), columns): (Range, Range)) -> (Range, Range) {
    ((first, if last < first { u32::MAX } else { last }), columns)
}

/// The first and the last row or column.
type Range = (u32, u32);

/// The rows and columns from the first cell to the last.
#[derive(Default)]
struct Area {
    rows: Option<Range>,
    columns: Option<Range>,
    /// How many substreams are open: the sheet, and charts within it.
    depth: usize,
}

impl Area {
    fn add(&mut self, kind: u16, data: &[u8]) {
        let at = |at| u16_at(data, at).map(u32::from);
        let both = |rows: [Option<u32>; 2], columns: [Option<u32>; 2]| {
            Some(((rows[0]?, rows[1]?), (columns[0]?, columns[1]?)))
        };
        let found = match kind {
            0x0809 => {
                self.depth += 1;
                None
            }
            0x000A => {
                self.depth = self.depth.saturating_sub(1);
                None
            }
            // What the sheet says of itself: room is made for it.
            0x0200 if data.len() == 10 => both([at(0), at(2)], [at(4), at(6)]).map(in_order),
            0x0200 => both([u32_at(data, 0), u32_at(data, 4)], [at(8), at(10)]).map(in_order),
            // Several cells of a row; the last two bytes are the last column.
            0x00BD => both([at(0); 2], [at(2), at(data.len().saturating_sub(2))]),
            0x0006 | 0x00D6 | 0x00FD | 0x0203..=0x0205 | 0x027E => both([at(0); 2], [at(2); 2]),
            _ => None,
        };
        let joined = |own: Option<Range>, (first, last): Range| {
            Some(own.map_or((first, last), |own| (own.0.min(first), own.1.max(last))))
        };
        if let Some((rows, columns)) = found {
            (self.rows, self.columns) = (joined(self.rows, rows), joined(self.columns, columns));
        }
    }

    fn n_cells(&self) -> u64 {
        let length = |range: Option<Range>| {
            range.map_or(0, |(first, last)| u64::from(last.saturating_sub(first)) + 1)
        };
        length(self.rows).saturating_mul(length(self.columns))
    }
}

/// Whether bytes are a compound file that holds a workbook and no text.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    let has = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memmem::find(bytes, &name).is_some()
    };
    bytes.starts_with(&COMPOUND) && (has("Workbook") || has("Book\0")) && !has("WordDocument")
}

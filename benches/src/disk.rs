//! The bare disk: what no store can beat, and what folders take of it.

use std::fs::{File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread;

/// A file full of zeros, written into from the front and begun again when full: nothing but content reaches the disk.
pub struct PreWritten {
    file: File,
    size: u64,
    at: u64,
}

impl PreWritten {
    /// Makes the file and brings its zeros to the disk.
    ///
    /// # Errors
    /// A disk that is full or fails.
    pub fn create(path: &Path, size: u64) -> io::Result<PreWritten> {
        let mut file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .open(path)?;
        let zeros = vec![0; 1 << 20];
        for _ in 0..size.div_ceil(zeros.len() as u64) {
            file.write_all(&zeros)?;
        }
        file.sync_all()?;
        Ok(PreWritten { file, size, at: 0 })
    }

    /// Writes bytes and waits until they are on the disk.
    ///
    /// # Errors
    /// A disk that fails.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.at + bytes.len() as u64 > self.size {
            self.at = 0;
        }
        self.file.seek(SeekFrom::Start(self.at))?;
        self.file.write_all(bytes)?;
        self.at += bytes.len() as u64;
        self.file.sync_data()
    }
}

/// What a writer hands to the committer: its bytes, and where the answer goes.
type Handed = (Vec<u8>, SyncSender<io::Result<()>>);

/// Has `writers` threads hand `each` buffers to one committer, which writes and syncs those that wait as one group;
/// gives the file back when all are on the disk. This is what sharing syncs can reach, with nothing else done.
///
/// # Errors
/// A disk that fails.
pub fn group_commit(
    mut file: PreWritten,
    writers: usize,
    each: usize,
    buffer: &[u8],
) -> io::Result<PreWritten> {
    thread::scope(|scope| {
        let (queue, waiting) = mpsc::channel::<Handed>();
        let committer = scope.spawn(move || {
            commit_groups(&mut file, &waiting);
            file
        });
        let running: Vec<_> = (0..writers)
            .map(|_| {
                let queue = queue.clone();
                scope.spawn(move || hand_over(&queue, each, buffer))
            })
            .collect();
        drop(queue);
        let failed = || io::Error::other("a thread of the measurement failed");
        for writer in running {
            writer.join().map_err(|_| failed())??;
        }
        committer.join().map_err(|_| failed())
    })
}

fn hand_over(queue: &mpsc::Sender<Handed>, each: usize, buffer: &[u8]) -> io::Result<()> {
    let gone = || io::Error::other("the committer is gone");
    let (answer, answered) = mpsc::sync_channel(1);
    for _ in 0..each {
        queue
            .send((buffer.to_vec(), answer.clone()))
            .map_err(|_| gone())?;
        answered.recv().map_err(|_| gone())??;
    }
    Ok(())
}

fn commit_groups(file: &mut PreWritten, waiting: &Receiver<Handed>) {
    let (mut group, mut answers) = (Vec::new(), Vec::new());
    while let Ok(first) = waiting.recv() {
        for (bytes, answer) in std::iter::once(first).chain(waiting.try_iter()) {
            group.extend_from_slice(&bytes);
            answers.push(answer);
        }
        let done = file.write(&group);
        for answer in answers.drain(..) {
            let told = match &done {
                Ok(()) => Ok(()),
                Err(error) => Err(io::Error::new(error.kind(), error.to_string())),
            };
            // Whoever does not wait any more has failed and says so itself.
            let _ = answer.send(told);
        }
        group.clear();
    }
}

/// Gives the bytes that a folder takes on the disk, as `du` counts them.
///
/// # Errors
/// A folder that cannot be read.
pub fn taken(folder: &Path) -> io::Result<u64> {
    let mut sum = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let about = entry.metadata()?;
        sum += if about.is_dir() {
            taken(&entry.path())?
        } else {
            blocks(&about)
        };
    }
    Ok(sum)
}

#[cfg(unix)]
fn blocks(about: &std::fs::Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt;
    about.blocks() * 512
}

#[cfg(not(unix))]
fn blocks(about: &std::fs::Metadata) -> u64 {
    about.len()
}

/// Copies a folder with everything in it.
///
/// # Errors
/// A folder that cannot be read, a disk that is full.
pub fn copy(from: &Path, to: &Path) -> io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_commit_writes_every_buffer_and_a_full_file_is_begun_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bare");
        let file = PreWritten::create(&path, 1 << 20).unwrap();
        let file = group_commit(file, 4, 16, b"forkbeard").unwrap();
        assert_eq!(file.at, 4 * 16 * 9);
        let written = std::fs::read(&path).unwrap();
        assert_eq!(&written[..4 * 16 * 9], b"forkbeard".repeat(64).as_slice());
        assert!(written[4 * 16 * 9..].iter().all(|byte| *byte == 0));

        let mut file = file;
        file.write(&vec![1; (1 << 20) - 100]).unwrap();
        assert_eq!(file.at, (1 << 20) - 100);
        assert!(taken(folder.path()).unwrap() >= 1 << 20);
    }
}

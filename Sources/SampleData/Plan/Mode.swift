import Holdings

/// An observing mode: how its exposures look, are named and are processed.
enum Mode: Sendable, Hashable, CaseIterable {
  case nircamImage, nircamWFSS, nircamCoron
  case nirspecMSA, nirspecIFU, nirspecBOTS
  case nirissSOSS, nirissAMI, nirissImage, nirissWFSS
  case miriImage, miriMRS, miriLRS
  case fgsImage

  var instrument: Instrument {
    switch self {
    case .nircamImage, .nircamWFSS, .nircamCoron: .nircam
    case .nirspecMSA, .nirspecIFU, .nirspecBOTS: .nirspec
    case .nirissSOSS, .nirissAMI, .nirissImage, .nirissWFSS: .niriss
    case .miriImage, .miriMRS, .miriLRS: .miri
    case .fgsImage: .fgs
    }
  }

  /// The mode as MAST's observation table names it, after the instrument.
  var archiveName: String {
    switch self {
    case .nircamImage, .nirissImage, .miriImage, .fgsImage: "IMAGE"
    case .nircamWFSS, .nirissWFSS: "WFSS"
    case .nircamCoron: "CORON"
    case .nirspecMSA: "MSA"
    case .nirspecIFU, .miriMRS: "IFU"
    case .nirspecBOTS: "BOTS"
    case .nirissSOSS: "SOSS"
    case .nirissAMI: "AMI"
    case .miriLRS: "SLIT"
    }
  }

  var exposureType: String {
    switch self {
    case .nircamImage: "NRC_IMAGE"
    case .nircamWFSS: "NRC_WFSS"
    case .nircamCoron: "NRC_CORON"
    case .nirspecMSA: "NRS_MSASPEC"
    case .nirspecIFU: "NRS_IFU"
    case .nirspecBOTS: "NRS_BRIGHTOBJ"
    case .nirissSOSS: "NIS_SOSS"
    case .nirissAMI: "NIS_AMI"
    case .nirissImage: "NIS_IMAGE"
    case .nirissWFSS: "NIS_WFSS"
    case .miriImage: "MIR_IMAGE"
    case .miriMRS: "MIR_MRS"
    case .miriLRS: "MIR_LRS-FIXEDSLIT"
    case .fgsImage: "FGS_IMAGE"
    }
  }

  var template: String {
    switch self {
    case .nircamImage: "NIRCam Imaging"
    case .nircamWFSS: "NIRCam Wide Field Slitless Spectroscopy"
    case .nircamCoron: "NIRCam Coronagraphic Imaging"
    case .nirspecMSA: "NIRSpec MultiObject Spectroscopy"
    case .nirspecIFU: "NIRSpec IFU Spectroscopy"
    case .nirspecBOTS: "NIRSpec Bright Object Time Series"
    case .nirissSOSS: "NIRISS Single Object Slitless Spectroscopy"
    case .nirissAMI: "NIRISS Aperture Masking Interferometry"
    case .nirissImage: "NIRISS Imaging"
    case .nirissWFSS: "NIRISS Wide Field Slitless Spectroscopy"
    case .miriImage: "MIRI Imaging"
    case .miriMRS: "MIRI Medium Resolution Spectroscopy"
    case .miriLRS: "MIRI Low Resolution Spectroscopy"
    case .fgsImage: "FGS External Calibration"
    }
  }

  var subarray: String {
    switch self {
    case .nircamCoron: "SUB320A335R"
    case .nirspecBOTS: "SUB512"
    case .nirissSOSS: "SUBSTRIP256"
    case .nirissAMI: "SUB80"
    default: "FULL"
    }
  }

  var readoutPattern: String {
    switch self {
    case .nircamImage: "MEDIUM8"
    case .nircamWFSS: "SHALLOW4"
    case .nircamCoron: "RAPID"
    case .nirspecMSA, .nirspecIFU: "NRSIRS2"
    case .nirspecBOTS: "NRSRAPID"
    case .nirissSOSS, .nirissAMI: "NISRAPID"
    case .nirissImage, .nirissWFSS: "NIS"
    case .miriImage, .miriMRS, .miriLRS: "FASTR1"
    case .fgsImage: "FGS"
    }
  }

  /// Time of a frame, seconds.
  var frameTime: Double {
    switch self {
    case .nircamImage, .nircamWFSS, .nirissImage, .nirissWFSS, .fgsImage: 10.73677
    case .nircamCoron: 1.06904
    case .nirspecMSA, .nirspecIFU: 14.58889
    case .nirspecBOTS: 0.22618
    case .nirissSOSS: 5.494
    case .nirissAMI: 0.07544
    case .miriImage, .miriMRS, .miriLRS: 2.77504
    }
  }

  /// Frames averaged into a group.
  var framesPerGroup: Int {
    switch self {
    case .nircamImage: 8
    case .nircamWFSS, .nirissImage, .nirissWFSS: 4
    case .nirspecMSA, .nirspecIFU: 5
    case .fgsImage: 4
    default: 1
    }
  }

  /// Whether the detector records a picture of the sky.
  var isImaging: Bool {
    switch self {
    case .nircamImage, .nircamCoron, .nirissAMI, .nirissImage, .miriImage, .fgsImage: true
    default: false
    }
  }

  /// Whether the target is followed through many integrations.
  var isTimeSeries: Bool { self == .nirspecBOTS || self == .nirissSOSS }

  /// Whether each integration is calibrated by itself.
  var keepsIntegrations: Bool { isTimeSeries || self == .nircamCoron || self == .nirissAMI }

  var productType: String {
    switch self {
    case .nircamImage, .nircamCoron, .nirissImage, .miriImage, .fgsImage: "image"
    case .nirissAMI: "measurements"
    case .nirspecIFU, .miriMRS: "cube"
    case .nirspecBOTS, .nirissSOSS: "timeseries"
    default: "spectrum"
    }
  }

  /// Suffixes of the FITS products of an exposure.
  var exposureSuffixes: [String] {
    switch self {
    case .nircamImage, .nirissImage, .miriImage: ["uncal", "rate", "cal", "i2d"]
    case .fgsImage: ["uncal", "rate", "cal"]
    case .nircamWFSS, .nirissWFSS: ["uncal", "rate", "rateints", "cal", "x1d"]
    case .nircamCoron, .nirissAMI: ["uncal", "rate", "rateints", "calints"]
    case .nirspecMSA, .miriLRS: ["uncal", "rate", "rateints", "cal", "s2d", "x1d"]
    case .nirspecIFU, .miriMRS: ["uncal", "rate", "rateints", "cal", "s3d", "x1d"]
    case .nirspecBOTS, .nirissSOSS: ["uncal", "rate", "rateints", "calints", "x1dints"]
    }
  }

  /// Suffixes of the products of stage 3, with extension.
  var combinedSuffixes: [String] {
    switch self {
    case .nircamImage, .nirissImage, .miriImage: ["i2d.fits", "segm.fits", "cat.ecsv"]
    case .nircamCoron: ["psfstack.fits", "i2d.fits"]
    case .nirissAMI: ["ami-oi.fits", "aminorm-oi.fits"]
    case .nircamWFSS, .nirissWFSS: ["x1d.fits", "c1d.fits"]
    case .nirspecMSA, .miriLRS: ["s2d.fits", "x1d.fits", "c1d.fits"]
    case .nirspecIFU, .miriMRS: ["s3d.fits", "x1d.fits"]
    case .nirspecBOTS, .nirissSOSS: ["x1dints.fits", "whtlt.ecsv"]
    case .fgsImage: []
    }
  }

  /// Association types of stages 2 and 3.
  var associationTypes: (stage2: String, stage3: String) {
    switch self {
    case .nircamImage, .nirissImage, .miriImage, .fgsImage: ("image2", "image3")
    case .nircamCoron: ("image2", "coron3")
    case .nirissAMI: ("image2", "ami3")
    case .nirspecBOTS, .nirissSOSS: ("tso-spec2", "tso3")
    default: ("spec2", "spec3")
    }
  }

  /// Pixels of a detector image, about a twentieth of the real ones along each side.
  var pixels: (width: Int, height: Int) {
    switch self {
    case .nircamImage, .nirissImage, .nircamWFSS, .nirissWFSS, .fgsImage: (96, 96)
    case .miriImage: (72, 110)
    case .nircamCoron: (80, 80)
    case .nirissAMI: (64, 64)
    case .nirspecMSA, .nirspecIFU, .miriMRS: (112, 96)
    case .nirspecBOTS: (144, 32)
    case .nirissSOSS: (160, 48)
    case .miriLRS: (64, 110)
    }
  }
}

/// The columns of the six keyword services, with their types.
///
/// Each group lists the services that share the columns that follow, as `name:type` with the types `i` integer, `f` real,
/// `s` text, `b` boolean and `d` date. Source: `mast-protocol` appendix 1, collected May 2026; MAST adds and removes columns.
enum KeywordColumnList {
  static let groups: [(services: [KeywordService], columns: String)] = [
    (
      [.nircam, .niriss, .miri, .nirspec, .fgs, .guideStar],
      """
      ArchiveFileID:i fileSetName:s productLevel:s apername:s category:s cont_id:i datamode:i dataprob:s
      date_mjd:f date_end_mjd:f date_obs_mjd:f detector:s drpfrms1:i drpfrms3:i duration:f effinttm:f eng_qual:s
      exp_type:s fastaxis:i gdstarid:s groupgap:i gs_dec:f gs_mag:f gs_order:i gs_ra:f gsendtim_mjd:f
      gsstrttm_mjd:f gs_udec:f gs_umag:f gs_ura:f hga_move:s instrume:s intarget:s nexposur:i nextend:i nframes:i
      ngroups:i nints:i nresets:i nrststrt:i nsamples:i obs_id:s observtn:i obslabel:s origin:s pcs_mode:s
      pi_name:s prd_ver:s program:i readpatt:s sca_num:i scicat:s sdp_ver:s slowaxis:i subarray:s subcat:s
      subsize1:i subsize2:i substrt1:i substrt2:i targoopp:s telescop:s tframe:f tgroup:f timesys:s title:s
      tsample:f visit:i visit_id:s visitend_mjd:f visitsta:s visitype:s vststart_mjd:f zerofram:s datamodl:s
      intstart:i intend:i date_beg_mjd:f obsfoldr:s crowdfld:s oss_ver:s gs_v3_pa:f va_dec:f va_ra:f compress:s
      gsc_ver:s tmeasure:f cal_ver:s cal_vcs:s crds_ctx:s crds_ver:s fileSize:i checksum:s ingestStartDate_mjd:f
      ingestCompletionDate_mjd:f FileTypeID:i publicReleaseDate_mjd:f isRestricted:b isItar:b isStale:b
      FileSetId:i dataURI:s date:d date_end:d date_obs:d gsendtim:d gsstrttm:d visitend:d vststart:d date_beg:d
      ingestStartDate:d ingestCompletionDate:d publicReleaseDate:d
      """
    ),
    (
      [.nircam, .niriss, .miri, .nirspec, .fgs],
      """
      filename:s act_id:s asnpool:s asntable:s bartdelt:f bendtime:f bkgdtarg:s bkglevel:f bkgsub:s bmidtime:f
      bstrtime:f effexptm:f expcount:i expend:f expmid:f exposure:i expripar:s expstart:f filter:s frmdivsr:i
      gainfact:f helidelt:f hendtime:f hmidtime:f hstrtime:f is_psf:s lamp:s mu_dec:f mu_epoch_mjd:f mu_ra:f
      numdthpt:i nwfsest:f pps_aper:s prop_dec:f prop_ra:f pwfseet:f selfref:s seq_id:i targ_dec:f targ_ra:f
      targname:s targprop:s targtype:s targudec:f targura:f template:s tsovisit:s visitgrp:s xoffset:f yoffset:f
      errtype:s rois:f roiw:f wpower:f wtype:s exp_only:s exsegnum:i exsegtot:i sctarate:f opmode:s osf_file:s
      expsteng_mjd:f masterbg:s scatfile:s srctyapt:s tcatfile:s patt_num:i pattsize:s patttype:s pridtpts:i
      subpxpts:i engqlptg:s noutputs:i dirimage:s pixfrac:f pxsclrt:f segmfile:s bkgmeth:s targcat:s targdesc:s
      primecrs:f extncrs:f mstr_rd1:i mstr_sk1:i mstr_rd2:i mstr_sk2:i mstr_rpt:i mstr_ilv:i sstr_stp:i sstr_nst:i
      bkgd_scl:f mtshadow:s s_region:s mu_epoch:d expsteng:d
      """
    ),
    (
      [.guideStar],
      """
      fileName:s isJitter:b dataend:f datastrt:f dec_ddc:f dec_j1:f dec_v1:f detxcor:i detxsiz:i detycor:i
      detysiz:i gf_end:d gf_end_mjd:f gf_start:d gf_start_mjd:f gs_epoch:d gs_epoch_mjd:f gs_mudec:f gs_mura:f
      gs_para:f gsacstat:s gscentx:f gscenty:f hga_stop:d hga_stop_mjd:f hga_strt:d hga_strt_mjd:f pa_aper:f
      pa_j3:f pa_v3:f pointtim:d pointtim_mjd:f ra_ddc:f ra_j1:f ra_v1:f ddcfldpt:s jittravg:f jittrmax:f
      jittrmin:f guidesta:s numrefst:i fgs_aper:s gsidl_x:f gsidl_y:f v2_ref:f v3_ref:f v3i_yang:f vparity:i
      """
    ),
    (
      [.nirspec],
      """
      fcsrlpos:i fxd_slit:s grating:s gwa_pxav:f gwa_pyav:f gwa_tilt:f gwa_xp_v:f gwa_xtil:f gwa_yp_v:f gwa_ytil:f
      is_imprt:s msaconid:i msametfl:s msametid:i msastate:s preimage:s rma_pos:i nrs_norm:i nrs_ref:i nod_type:s
      ppsdbver:s msacfg10:s hybridff:s
      """
    ),
    (
      [.miri],
      """
      band:s cccstate:s spatnstp:i spatstep:f spcoffst:f specnstp:i specstep:f sptoffst:f mirngrps:i mirnfrms:i
      dithdirc:s dithopfr:s dsetstrt:i mrsprchn:s numdsets:i pattnpts:i detmode:s cmd_tsel:s fpe_side:s ice_side:s
      """
    ),
    (
      [.nircam],
      """
      fa1value:i fa2value:i fa3value:i fam_la1:i fam_la2:i fam_la3:i faphase1:s faphase2:s faphase3:s fastep1:i
      fastep2:i fastep3:i faunit1:f faunit2:f faunit3:f module:s pilin:s pridtype:s smgrdpat:i
      """
    ),
    (
      [.niriss],
      """
      fwcpos:f pwcpos:f nrimdtpt:i content:s observer:s object:s insmode:s arrname:s calib:s
      """
    ),
    (
      [.miri, .nirspec],
      """
      pattstrt:i spat_num:i spec_num:i dithpnts:s
      """
    ),
    (
      [.nircam, .miri],
      """
      channel:s coronmsk:s
      """
    ),
    (
      [.nircam, .niriss],
      """
      pupil:s
      """
    ),
    (
      [.nircam, .nirspec],
      """
      subpxpat:s
      """
    ),
    (
      [.niriss, .nirspec, .fgs, .guideStar],
      """
      focuspos:f
      """
    ),
  ]
}
